import { describe, expect, test } from 'vitest';
import { AsideError } from '../../../../protocol/errors.ts';
import {
  type Ending,
  IDLE,
  isActive,
  nextPlaybackState,
  type PlaybackEvent,
  type PlaybackState,
} from '../../../../renderer/player/playback-state.ts';

const error = new AsideError('internal', 'test', { details: {} });
const failure: Ending = { kind: 'failed', error, range: { charIndex: 1, charLength: 2 } };
const end: Ending = { kind: 'end' };

const states = {
  idle: IDLE,
  starting: { phase: 'starting', ending: null },
  playing: { phase: 'playing', ending: null },
  'playing to the end': { phase: 'playing', ending: end },
  'playing to a failure': { phase: 'playing', ending: failure },
  waiting: { phase: 'waiting', ending: null },
  'waiting to the end': { phase: 'waiting', ending: end },
  paused: { phase: 'paused', ending: null, cause: 'user' },
  'paused before the end': { phase: 'paused', ending: end, cause: 'user' },
  'paused by the browser': { phase: 'paused', ending: null, cause: 'browser' },
  finished: { phase: 'finished' },
  failed: { phase: 'failed', error, range: { charIndex: 1, charLength: 2 } },
} satisfies Record<string, PlaybackState>;
type StateName = keyof typeof states;

const events = {
  play: { kind: 'play' },
  sounded: { kind: 'sounded' },
  drained: { kind: 'drained' },
  'the end is known': { kind: 'ending', ending: end },
  'pause by the user': { kind: 'pause', cause: 'user' },
  'pause by the browser': { kind: 'pause', cause: 'browser' },
  resume: { kind: 'resume' },
  steered: { kind: 'steered' },
  moved: { kind: 'moved' },
  stop: { kind: 'stop' },
} satisfies Record<string, PlaybackEvent>;
type EventName = keyof typeof events;

/** Every edge that leads somewhere else. What is not here stays where it is. */
const edges: Record<StateName, Partial<Record<EventName, StateName>>> = {
  idle: { play: 'starting' },
  starting: {
    sounded: 'playing',
    'pause by the user': 'paused',
    'pause by the browser': 'paused by the browser',
    moved: 'waiting',
    stop: 'idle',
  },
  playing: {
    play: 'starting',
    drained: 'waiting',
    'the end is known': 'playing to the end',
    'pause by the user': 'paused',
    'pause by the browser': 'paused by the browser',
    moved: 'waiting',
    stop: 'idle',
  },
  'playing to the end': {
    play: 'starting',
    drained: 'finished',
    'pause by the user': 'paused before the end',
    steered: 'playing',
    moved: 'waiting',
    stop: 'idle',
  },
  'playing to a failure': {
    play: 'starting',
    drained: 'failed',
    'the end is known': 'playing to the end',
    steered: 'playing',
    moved: 'waiting',
    stop: 'idle',
  },
  waiting: {
    play: 'starting',
    sounded: 'playing',
    'the end is known': 'waiting to the end',
    'pause by the user': 'paused',
    'pause by the browser': 'paused by the browser',
    stop: 'idle',
  },
  'waiting to the end': {
    play: 'starting',
    sounded: 'playing to the end',
    drained: 'finished',
    'pause by the user': 'paused before the end',
    steered: 'waiting',
    moved: 'waiting',
    stop: 'idle',
  },
  paused: {
    play: 'starting',
    'the end is known': 'paused before the end',
    'pause by the browser': 'paused by the browser',
    resume: 'waiting',
    stop: 'idle',
  },
  'paused before the end': {
    play: 'starting',
    resume: 'waiting to the end',
    steered: 'paused',
    moved: 'paused',
    stop: 'idle',
  },
  'paused by the browser': { play: 'starting', 'pause by the user': 'paused', resume: 'waiting', stop: 'idle' },
  finished: { play: 'starting', stop: 'idle' },
  failed: { play: 'starting', stop: 'idle' },
};

/** Pairs whose outcome is a state without a name in the table above. */
const unnamed = new Set([
  'starting + the end is known',
  'playing to the end + pause by the browser',
  'playing to a failure + pause by the user',
  'playing to a failure + pause by the browser',
  'waiting to the end + pause by the browser',
  'paused before the end + pause by the browser',
  'paused by the browser + the end is known',
]);

const pairs = (Object.keys(states) as StateName[]).flatMap((from) =>
  (Object.keys(events) as EventName[]).map((by) => ({ from, by, to: edges[from][by] ?? from })),
);

describe('nextPlaybackState', () => {
  test.each(pairs.filter(({ from, by }) => !unnamed.has(`${from} + ${by}`)))('$from + $by = $to', (pair) => {
    expect(nextPlaybackState(states[pair.from], events[pair.by])).toEqual(states[pair.to]);
  });

  test('a pause keeps what is known of the end, and an end that becomes known keeps the phase', () => {
    for (const state of Object.values(states).filter(isActive)) {
      expect(nextPlaybackState(state, events['pause by the browser'])).toEqual({
        phase: 'paused',
        cause: 'browser',
        ending: state.ending,
      });
      expect(nextPlaybackState(state, { kind: 'ending', ending: failure })).toEqual({ ...state, ending: failure });
    }
  });

  test('a text without anything to say ends as soon as that is known', () => {
    const ended = nextPlaybackState(states.starting, events['the end is known']);

    expect(nextPlaybackState(ended, events.drained)).toEqual(states.finished);
  });

  test('a pause keeps a failure in mind', () => {
    const paused = nextPlaybackState(states['playing to a failure'], events['pause by the user']);
    const resumed = nextPlaybackState(paused, events.resume);

    expect(nextPlaybackState(resumed, events.drained)).toEqual(states.failed);
  });

  test('keeps the same object where nothing changes, so that nothing is drawn again', () => {
    expect(nextPlaybackState(states.playing, events.sounded)).toBe(states.playing);
    expect(nextPlaybackState(states.paused, events.drained)).toBe(states.paused);
  });
});

test('a play is active from its start until it is stopped, finished or failed', () => {
  const active = (Object.keys(states) as StateName[]).filter((name) => isActive(states[name]));

  expect(active).not.toContain('idle');
  expect(active).not.toContain('finished');
  expect(active).not.toContain('failed');
  expect(active).toHaveLength(9);
});
