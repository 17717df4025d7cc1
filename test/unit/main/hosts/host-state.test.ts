import { describe, expect, it } from 'vitest';
import { type HostEvent, type HostState, isLive, nextState } from '../../../../main/hosts/host-state.ts';

const states: HostState[] = ['idle', 'starting', 'ready', 'draining', 'waiting', 'gave-up', 'stopped'];
const events: HostEvent[] = ['start', 'ready', 'drain', 'settle', 'died', 'give-up', 'stop', 'gone'];

function run(...path: HostEvent[]): HostState {
  return path.reduce(nextState, 'idle' as HostState);
}

describe('the state of a slot', () => {
  it.each<[HostEvent[], HostState]>([
    [['start'], 'starting'],
    [['start', 'ready'], 'ready'],
    [['start', 'ready', 'drain'], 'draining'],
    [['start', 'ready', 'drain', 'settle'], 'ready'],
    [['start', 'ready', 'drain', 'died'], 'waiting'],
    [['start', 'died'], 'waiting'],
    [['start', 'ready', 'died', 'start', 'ready'], 'ready'],
    [['start', 'give-up'], 'gave-up'],
    [['start', 'ready', 'give-up'], 'gave-up'],
    [['start', 'give-up', 'start'], 'starting'],
    [['stop'], 'stopped'],
    [['start', 'stop'], 'draining'],
    [['start', 'ready', 'stop', 'gone'], 'stopped'],
    [['start', 'ready', 'drain', 'stop', 'gone'], 'stopped'],
    [['start', 'died', 'stop'], 'stopped'],
    [['start', 'give-up', 'stop'], 'stopped'],
  ])('after %j is %s', (path, state) => {
    expect(run(...path)).toBe(state);
  });

  it.each<[HostState, HostEvent[]]>([
    ['idle', ['start', 'stop']],
    ['starting', ['ready', 'died', 'give-up', 'stop']],
    ['ready', ['drain', 'died', 'give-up', 'stop']],
    ['draining', ['settle', 'died', 'give-up', 'gone']],
    ['waiting', ['start', 'stop']],
    ['gave-up', ['start', 'stop']],
    ['stopped', []],
  ])('%s is moved by %j and left as it is by all other events', (state, moving) => {
    expect(events.filter((event) => nextState(state, event) !== state).sort()).toEqual([...moving].sort());
  });

  it('is live exactly while there is a process or there will be one', () => {
    expect(states.filter(isLive)).toEqual(['starting', 'ready', 'draining', 'waiting']);
  });
});
