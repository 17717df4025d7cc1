import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createForkLauncher } from '../../../main/hosts/fork-launcher.ts';
import { createEngines, type Engines } from '../../../main/speech/engines.ts';
import { Play } from '../../../main/speech/play.ts';
import { createDeferred } from '../../../protocol/contract/deferred.ts';
import type { Boundary } from '../../../protocol/model/boundary.ts';
import type { PlayItem, PlayParams } from '../../../protocol/model/play.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import { hostEntry } from '../../helpers/host-entry.ts';

/** The way of a text through real hosts with the scripted engine, whose words in braces make it misbehave. */
let engines: Engines;
let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-play-'));
  engines = createEngines({
    engines: ['scripted'],
    launcher: createForkLauncher(),
    hostEntryPath: hostEntry(),
    systemLanguage: 'en-US',
  });
});
afterEach(async () => {
  await engines.close();
  rmSync(dir, { recursive: true, force: true });
});

const TEN_MINUTES_BYTES = 10 * 60 * 22_050 * 2;

interface Heard {
  readonly items: PlayItem[];
  readonly pcm: Buffer;
  /** Of words only, in the order in which they came. */
  readonly words: string[];
  readonly outcome: PlayItem;
}

/** Reads a text to its end or failure. `onItem` sees each item when it comes. */
async function listen(text: string, params: Partial<PlayParams> = {}, onItem: (item: PlayItem) => void = () => {}) {
  const items: PlayItem[] = [];
  const over = createDeferred<PlayItem>();
  const play = new Play(
    {
      playId: 'p',
      generation: 0,
      creditBytes: TEN_MINUTES_BYTES,
      voiceId: null,
      prosody: DEFAULT_PROSODY,
      text,
      startIndex: 0,
      endIndex: text.length,
      ...params,
    },
    {
      resolveVoice: (voiceId) => engines.voices.resolve(voiceId),
      poolOf: (voice) => engines.poolOf(voice),
      emit: (item) => {
        items.push(item);
        onItem(item);
        if (item.kind === 'end' || item.kind === 'failed') over.resolve(item);
      },
    },
  );
  play.start();
  const outcome = await over.promise;
  play.close();
  const pcm = Buffer.concat(items.flatMap((item) => (item.kind === 'audio' ? [item.pcm] : [])));
  const words = items
    .flatMap((item): Boundary[] => (item.kind === 'boundaries' ? item.boundaries : []))
    .filter(({ kind }) => kind === 'word')
    .map(({ charIndex, charLength }) => text.slice(charIndex, charIndex + charLength));
  return { items, pcm, words, outcome } satisfies Heard;
}

describe('a play through real hosts', () => {
  const text = 'One two three. Four five six. Seven eight nine.\n\nTen eleven twelve.';
  const words = text.match(/\w+/gu) ?? [];

  it('speaks every word once and in order', async () => {
    const heard = await listen(text);
    expect(heard.words).toEqual(words);
    expect(heard.outcome).toEqual({ kind: 'end', generation: 0 });
    expect(heard.pcm.some((byte) => byte !== 0)).toBe(true);
  });

  it('survives a host that crashes in a sentence: nothing is lost, nothing is said twice', async () => {
    const crashing = 'One two three. Four {{crash-once PATH}} five six. Seven.'.replace('PATH', join(dir, 'crashed'));
    const heard = await listen(crashing);
    const calm = await listen(crashing); // the file is there now, so this time nothing crashes
    expect(heard.items.filter(({ kind }) => kind === 'retry').length).toBe(1);
    expect(heard.words).toEqual(calm.words);
    expect(heard.pcm.equals(calm.pcm)).toBe(true);
  });

  it('stops at a sentence that kills two hosts, and names it and how they died', async () => {
    const deadly = 'One two. Three {{crash}} four. Five.';
    const heard = await listen(deadly);
    expect(heard.outcome).toMatchObject({
      kind: 'failed',
      error: {
        code: 'segment-failed',
        details: {
          exits: [
            { exitCode: null, signal: 'SIGKILL' },
            { exitCode: null, signal: 'SIGKILL' },
          ],
        },
      },
    });
    const { range } = heard.outcome as Extract<PlayItem, { kind: 'failed' }>;
    expect(deadly.slice(range.charIndex, range.charIndex + range.charLength)).toContain('{{crash}}');
    expect(heard.words.slice(0, 2)).toEqual(['One', 'two']);
  });

  it('says which exit code a host ended with', async () => {
    const { outcome } = await listen('One {{exit 3}} two.');
    expect(outcome).toMatchObject({
      kind: 'failed',
      error: {
        message: expect.stringContaining('exit code 3'),
        details: { exits: [{ exitCode: 3 }, { exitCode: 3 }] },
      },
    });
  });

  it('goes on speaking another text after one that killed two hosts', async () => {
    await listen('One {{crash}} two.');
    expect((await listen(text)).words).toEqual(words);
  });

  it('loses nothing when the speaking host is killed from outside, again and again', async () => {
    const long = 'Here are some words to be spoken {{slow 2}} by a host that is killed. '.repeat(12);
    let kills = 0;
    const heard = await listen(long, {}, (item) => {
      if (item.kind !== 'boundaries' || kills >= 3 || item.segment <= kills) return;
      const speaking = engines.status().find(({ request }) => request === 'utterance.speak');
      if (!speaking?.pid) return;
      kills += 1;
      process.kill(speaking.pid, 'SIGKILL');
    });
    const expected = long.replaceAll('{{slow 2}}', '').match(/\w+/gu);
    expect(kills).toBe(3);
    expect(heard.words).toEqual(expected);
  });

  it('passes on what the engine refuses, without trying again', async () => {
    const { outcome, items } = await listen('One {{fail}} two.');
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'synthesis', details: { nativeCode: 7 } } });
    expect(items.filter(({ kind }) => kind === 'retry')).toEqual([]);
  });

  it('is not held up by a segment that nobody wants any more, even when its engine is deaf', async () => {
    const deafening = 'One {{hang}} two. Three four.';
    const started = createDeferred<void>();
    const items: PlayItem[] = [];
    const over = createDeferred<void>();
    const play = new Play(
      {
        playId: 'p',
        generation: 0,
        creditBytes: TEN_MINUTES_BYTES,
        voiceId: null,
        prosody: DEFAULT_PROSODY,
        text: deafening,
        startIndex: 0,
        endIndex: deafening.length,
      },
      {
        resolveVoice: (voiceId) => engines.voices.resolve(voiceId),
        poolOf: (voice) => engines.poolOf(voice),
        emit: (item) => {
          items.push(item);
          if (item.kind === 'boundaries') started.resolve();
          if (item.kind === 'end') over.resolve();
        },
      },
    );
    play.start();
    await started.promise;
    play.steer({
      playId: 'p',
      generation: 1,
      creditBytes: TEN_MINUTES_BYTES,
      voiceId: null,
      prosody: DEFAULT_PROSODY,
      from: { charIndex: 3, sentence: 'next' },
    });
    await over.promise;
    expect(items.at(-1)).toEqual({ kind: 'end', generation: 1 });
    play.close();
  });
});
