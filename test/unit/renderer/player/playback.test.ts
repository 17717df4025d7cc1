import { afterEach, describe, expect, test, vi } from 'vitest';
import { AsideError } from '../../../../protocol/errors.ts';
import { DEFAULT_PROSODY } from '../../../../protocol/model/prosody.ts';
import { linkToMain } from '../../../../renderer/connection/main-link.ts';
import { Playback } from '../../../../renderer/player/playback.ts';
import { FakeAudioOutput } from '../../../helpers/fake-audio-output.ts';
import { createFakeMain, type FakeMainOptions } from '../../../helpers/fake-main.ts';
import { createPortPair } from '../../../helpers/port-pair.ts';
import { speakTone, TONE_MS_PER_CHAR } from '../../../helpers/tone-voice.ts';
import { waitFor } from '../../../helpers/wait-for.ts';

const TEXT = 'First sentence here. Second sentence here. Third sentence here. Fourth sentence here. ';
const SENTENCES = TEXT.match(/[^.]*\. /gu) ?? [];
const startOf = (sentence: number): number => SENTENCES.slice(0, sentence).join('').length;
const msOf = (chars: number): number => chars * TONE_MS_PER_CHAR;
const MANNER = { voiceId: null, prosody: DEFAULT_PROSODY };

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

function start(options: FakeMainOptions = {}) {
  const main = createFakeMain(options);
  const ports = createPortPair();
  main.serve(ports.main);
  const link = linkToMain(
    () => ports.page,
    (error) => {
      throw error;
    },
  );
  const output = new FakeAudioOutput();
  const events = { onRetry: vi.fn(), onSoundTrouble: vi.fn() };
  const playback = new Playback(link, output, MANNER, events);
  open.push(() => ports.page.close());
  const phase = () => playback.store.getState().state.phase;
  const settle = () => waitFor(() => expect(main.requests.length).toBeGreaterThan(0));
  return { main, ports, output, events, playback, phase, settle, steers: () => steersOf(main.requests) };
}

interface SeenSteer {
  from: unknown;
  generation: number;
  prosody: unknown;
}

function steersOf(requests: readonly { method: string; params: unknown }[]): SeenSteer[] {
  return requests.filter(({ method }) => method === 'speech.steer').map(({ params }) => params as SeenSteer);
}

const whole = (text = TEXT) => ({ text, startIndex: 0, endIndex: text.length, fromIndex: 0 });

/** Starts a play and waits until audio is there. */
async function playing(options: FakeMainOptions = {}, text = TEXT) {
  const all = start(options);
  all.playback.play(whole(text));
  await waitFor(() => expect(all.output.queuedMs).toBeGreaterThan(0));
  return all;
}

describe('a play', () => {
  test('goes from starting through playing to finished, and says every word in order', async () => {
    const { output, playback, phase } = start();
    const phases = new Set<string>();
    const words: (number | undefined)[] = [];
    playback.store.subscribe(({ state, position }) => {
      phases.add(state.phase);
      const word = position?.spoken?.word?.charIndex;
      if (word !== undefined && word !== words.at(-1)) words.push(word);
    });
    playback.play(whole());
    await waitFor(() => expect(output.queuedMs).toBeGreaterThan(0));
    await output.play(msOf(TEXT.length) + 100);

    expect([...phases]).toEqual(['starting', 'playing', 'finished']);
    expect(words).toEqual([...TEXT.matchAll(/\w+/gu)].map(({ index }) => index));
    expect(phase()).toBe('finished');
  });

  test('plays as much audio as the voice made, and hears that it is not silence', async () => {
    const { output, playback } = await playing();
    await output.play(msOf(TEXT.length) + 100);
    const { sound } = playback.store.getState();

    expect(sound.playedMs).toBeCloseTo(msOf(TEXT.length), 0);
    expect(sound.soundingMs).toBeCloseTo(msOf(TEXT.length), 0);
    expect(sound.peak).toBe(0.25);
  });

  test('never has more than ten seconds and one message of audio ahead, however fast the voice is', async () => {
    const long = TEXT.repeat(40);
    const { output } = await playing({}, long);
    const ahead: number[] = [];
    for (let i = 0; i < 60; i++) {
      await output.play(500);
      ahead.push(output.queuedMs);
    }

    expect(Math.max(...ahead)).toBeLessThanOrEqual(10_000 + 200);
    expect(Math.min(...ahead)).toBeGreaterThan(8_000);
  });

  test('asks main for full volume and applies the volume itself', async () => {
    const { main, output, playback } = start();
    playback.setManner({ voiceId: null, prosody: { ...DEFAULT_PROSODY, volume: 30 } });
    playback.play(whole());
    await waitFor(() => expect(main.requests[0]?.method).toBe('speech.play'));

    expect(main.requests[0]?.params).toMatchObject({ prosody: { volume: 100 } });
    expect(output.volume).toBe(30);
  });

  test('waits when audio does not come in time, with the position standing still', async () => {
    let release = (): void => {};
    const { output, playback, phase } = await playing({
      speak: async (call) => {
        if (!(call.params.text as string).startsWith('First'))
          await new Promise<void>((resolve) => (release = resolve));
        return speakTone(call);
      },
    });
    await output.play(msOf(startOf(1)) + 400);
    const stuck = playback.store.getState().position;
    await output.play(400);

    expect(phase()).toBe('waiting');
    expect(stuck?.charIndex).toBe(startOf(1));
    expect(playback.store.getState().position).toEqual(stuck);
    release();
    await waitFor(() => expect(output.queuedMs).toBeGreaterThan(0));
    await output.play(60);
    expect(phase()).toBe('playing');
  });

  test('estimates what remains, exactly once everything has come', async () => {
    const { output, playback } = await playing();
    const position = () => playback.store.getState().position;
    await output.play(1_000);

    expect((position()?.elapsedMs ?? 0) + (position()?.remainingMs ?? 0)).toBeCloseTo(msOf(TEXT.length), 0);
  });

  test('begins where it is told, and skips can lead back before that', async () => {
    const { main, output, playback } = start();
    playback.play({ ...whole(), fromIndex: startOf(2) });
    await waitFor(() => expect(output.queuedMs).toBeGreaterThan(0));
    await output.play(100);

    expect(playback.store.getState().position).toMatchObject({ charIndex: startOf(2), elapsedMs: 100 });
    expect(main.pool.calls[0]?.params.text).toBe(SENTENCES[2]);
    playback.skip('previous');
    await waitFor(() => expect(playback.store.getState().position?.charIndex).toBe(startOf(1)));
  });

  test('is replaced by the next one', async () => {
    const { main, output, playback } = await playing();
    playback.play({ text: 'Other words. ', startIndex: 0, endIndex: 13, fromIndex: 0 });
    await waitFor(() => expect(main.pool.calls.at(-1)?.params.text).toBe('Other words. '));
    await waitFor(() => expect(output.queuedMs).toBeGreaterThan(0));
    await output.play(msOf(13) + 100);

    expect(playback.store.getState().sound.playedMs).toBeCloseTo(msOf(13), 0);
  });

  test('is told why when main refuses it', async () => {
    const { playback, phase } = start();
    playback.play({ text: '   ', startIndex: 0, endIndex: 3, fromIndex: 0 });
    await waitFor(() => expect(phase()).toBe('failed'));

    expect(playback.store.getState().state).toMatchObject({ error: { code: 'refused' } });
  });
});

describe('pause and stop', () => {
  test('pause keeps the position, resume goes on from it', async () => {
    const { output, playback, phase } = await playing();
    await output.play(1_500);
    playback.pause();
    await output.play(1_000);

    expect(phase()).toBe('paused');
    expect(output.playedMs).toBe(1_500);
    playback.resume();
    await output.play(100);
    expect(phase()).toBe('playing');
    expect(output.playedMs).toBe(1_600);
  });

  test('stop drops the sound at once and ends the call', async () => {
    const { main, output, playback, phase } = await playing();
    await output.play(500);
    playback.stop();

    expect(phase()).toBe('idle');
    expect(output.queuedMs).toBe(0);
    expect(output.isPaused).toBe(true);
    playback.skip('next');
    await new Promise((resolve) => setImmediate(resolve));
    expect(steersOf(main.requests)).toEqual([]);
  });

  test('a text that ended while it was paused finishes after it is resumed', async () => {
    const { output, playback, phase } = await playing();
    await output.play(msOf(TEXT.length) - 200);
    playback.pause();
    playback.resume();
    await output.play(400);

    expect(phase()).toBe('finished');
  });
});

describe('skip and seek', () => {
  test('next drops everything buffered and goes on with the next sentence', async () => {
    const { output, playback, steers } = await playing();
    await output.play(500);
    playback.skip('next');
    await waitFor(() => expect(playback.store.getState().position?.charIndex).toBe(startOf(1)));
    await output.play(40);

    expect(steers()).toMatchObject([
      { generation: 1, from: { charIndex: TEXT.indexOf('sentence'), sentence: 'next' } },
    ]);
    expect(playback.store.getState().position?.spoken?.word?.charIndex).toBe(startOf(1));
  });

  test('two quick skips go two sentences on', async () => {
    const { playback, output } = await playing();
    await output.play(100);
    playback.skip('next');
    playback.skip('next');

    await waitFor(() => expect(playback.store.getState().position?.charIndex).toBe(startOf(2)));
  });

  test('previous goes back, also after the last audio has come', async () => {
    const { playback, output } = await playing();
    await output.play(msOf(startOf(3)) + 300);
    playback.skip('previous');

    await waitFor(() => expect(playback.store.getState().position?.charIndex).toBe(startOf(2)));
  });

  test('seek goes on with the sentence at the place', async () => {
    const { playback, steers } = await playing();
    playback.seek(startOf(2) + 5);

    await waitFor(() => expect(playback.store.getState().position?.charIndex).toBe(startOf(2)));
    expect(steers()[0]?.from).toEqual({ charIndex: startOf(2) + 5, sentence: 'this' });
  });

  test('in a pause the place changes and the pause stays', async () => {
    const { playback, output, phase } = await playing();
    await output.play(500);
    playback.pause();
    playback.skip('next');

    await waitFor(() => expect(playback.store.getState().position?.spoken?.sentence?.charIndex).toBe(startOf(1)));
    expect(phase()).toBe('paused');
  });

  test('takes the elapsed time along, and back again to where it was', async () => {
    const { playback, output } = await playing();
    const elapsed = () => playback.store.getState().position?.elapsedMs ?? 0;
    await output.play(500);
    playback.seek(startOf(3));
    await waitFor(() => expect(elapsed()).toBeGreaterThan(msOf(startOf(3)) * 0.8));
    playback.seek(0);

    await waitFor(() => expect(elapsed()).toBe(0));
  });

  test('next in the last sentence finishes', async () => {
    const { playback, output, phase } = await playing();
    await output.play(msOf(startOf(3)) + 300);
    playback.skip('next');

    await waitFor(() => expect(phase()).toBe('finished'));
  });
});

describe('another manner', () => {
  const faster = { voiceId: null, prosody: { ...DEFAULT_PROSODY, rate: 2 } };

  test('takes over at the end of the sentence that is heard, and only what comes after it is dropped', async () => {
    const { main, output, playback, steers } = await playing();
    await output.play(500);
    playback.setManner(faster);
    await waitFor(() => expect(steers()).toHaveLength(1));

    expect(steers()[0]).toMatchObject({ from: { charIndex: startOf(1), sentence: null }, prosody: { rate: 2 } });
    expect(output.log.at(-1)).toBe(`truncate ${msOf(startOf(1))}`);
    await waitFor(() => expect(main.pool.calls.at(-1)?.params.prosody).toMatchObject({ rate: 2 }));
    await output.play(msOf(startOf(1)) - 500 + 40);
    expect(playback.store.getState().position?.spoken?.word?.charIndex).toBe(startOf(1));
    await output.play(msOf(TEXT.length - startOf(1)) / 2 + 100);
    expect(playback.store.getState().state.phase).toBe('finished');
  });

  test('is told to main once for many moves of a slider', async () => {
    const { playback, steers, output } = await playing();
    for (const rate of [1.1, 1.2, 1.3, 1.4, 1.5]) {
      playback.setManner({ voiceId: null, prosody: { ...DEFAULT_PROSODY, rate } });
    }
    await waitFor(() => expect(steers()).toHaveLength(1));
    await output.play(100);

    expect(steers()).toMatchObject([{ prosody: { rate: 1.5 } }]);
  });

  test('that is taken back in time is not told at all', async () => {
    const { playback, steers, output } = await playing();
    playback.setManner(faster);
    playback.setManner(MANNER);
    await output.play(200);

    expect(steers()).toEqual([]);
  });

  test('volume alone does not steer', async () => {
    const { playback, steers, output } = await playing();
    playback.setManner({ voiceId: null, prosody: { ...DEFAULT_PROSODY, volume: 10 } });
    await output.play(200);

    expect(output.volume).toBe(10);
    expect(steers()).toEqual([]);
  });

  test('in the last sentence changes nothing that is heard', async () => {
    const { playback, steers, output, phase } = await playing();
    await output.play(msOf(startOf(3)) + 300);
    playback.setManner(faster);
    await output.play(msOf(TEXT.length));

    expect(steers()).toEqual([]);
    expect(phase()).toBe('finished');
  });
});

describe('when something breaks', () => {
  const died = () =>
    new AsideError('host-exited', 'The host died.', {
      details: { pid: 1, exitCode: null, signal: 'SIGSEGV', request: 'utterance.speak', stderrTail: [] },
    });

  test('what was buffered is still heard before the failure is told', async () => {
    const { output, playback, phase } = await playing({
      speak: (call) => ((call.params.text as string).includes('Third') ? Promise.reject(died()) : speakTone(call)),
    });
    await output.play(msOf(startOf(1)) - 100);

    expect(phase()).toBe('playing');
    await output.play(msOf(TEXT.length));
    const { state, sound } = playback.store.getState();
    expect(state).toMatchObject({ phase: 'failed', error: { code: 'segment-failed' } });
    expect(sound.playedMs).toBeCloseTo(msOf(startOf(1)), 0);
  });

  test('a host that is replaced is told, and the reading goes on to the end', async () => {
    let deaths = 0;
    const { output, phase, events } = await playing({
      speak: (call) => {
        if (!(call.params.text as string).includes('Third') || deaths > 0) return speakTone(call);
        deaths += 1;
        return Promise.reject(died());
      },
    });
    await output.play(msOf(TEXT.length) + 200);

    expect(events.onRetry).toHaveBeenCalledOnce();
    expect(phase()).toBe('finished');
  });

  test('a connection that ends is a failure after what was buffered', async () => {
    const { output, phase, ports, playback } = await playing();
    await output.play(100);
    ports.main.close();
    await output.play(500);

    expect(phase()).toBe('playing');
    await output.play(msOf(TEXT.length));
    expect(playback.store.getState().state).toMatchObject({ phase: 'failed', error: { code: 'disconnected' } });
  });

  test('a page that may not sound yet pauses and says so; resume goes on', async () => {
    const { output, phase, events, playback } = await playing();
    output.trouble({ kind: 'blocked' });

    expect(playback.store.getState().state).toMatchObject({ phase: 'paused', cause: 'browser' });
    expect(events.onSoundTrouble).toHaveBeenCalledOnce();
    playback.resume();
    await output.play(100);
    expect(phase()).toBe('playing');
  });

  test('a device that is lost is opened anew and the reading goes on at the word that was heard', async () => {
    const { output, phase, events, playback, steers } = await playing();
    await output.play(msOf(startOf(1)) + 100);
    output.trouble({ kind: 'lost', error: died() });
    await waitFor(() => expect(output.queuedMs).toBeGreaterThan(0));
    await output.play(100);

    expect(steers()).toMatchObject([{ from: { charIndex: startOf(1), sentence: null } }]);
    expect(phase()).toBe('playing');
    expect(events.onSoundTrouble).not.toHaveBeenCalled();
    expect(output.releases).toBe(1);
    expect(playback.store.getState().position?.spoken?.word?.charIndex).toBe(startOf(1));
  });

  test('a device that is lost again pauses the reading until the user tries again', async () => {
    const { output, phase, events, playback } = await playing();
    await output.play(100);
    output.trouble({ kind: 'lost', error: died() });
    await waitFor(() => expect(output.queuedMs).toBeGreaterThan(0));
    output.trouble({ kind: 'lost', error: died() });

    expect(phase()).toBe('paused');
    expect(events.onSoundTrouble).toHaveBeenCalledOnce();
    playback.resume();
    await waitFor(() => expect(output.queuedMs).toBeGreaterThan(0));
    await output.play(100);
    expect(phase()).toBe('playing');
  });
});
