import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportAudio } from '../../../main/exports/export-audio.ts';
import type { ExportJob, ExportNotice } from '../../../main/exports/export-job.ts';
import { createDeferred } from '../../../protocol/contract/deferred.ts';
import { AsideError } from '../../../protocol/errors.ts';
import type { ExportProgress } from '../../../protocol/model/export.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import type { Voice } from '../../../protocol/model/voice.ts';
import { openAudioHosts } from '../../helpers/audio-files.ts';
import { createFakePool, type FakeAnswer } from '../../helpers/fake-pool.ts';
import { fakeVoice } from '../../helpers/fake-voice.ts';

const VOICE: Voice = { id: 'espeak:en', name: 'English', language: 'en', gender: 'unknown', engine: 'espeak' };
const RATE_HZ = 4_000; // eight bytes a millisecond
const HEAD_BYTES = 44;
const TEXT = 'Short one. Heading here\n\nAnd the rest of it.';

const audio = openAudioHosts(2);
afterAll(() => audio.terminate());

/** Four samples, a millisecond, of each character. */
const render = fakeVoice(RATE_HZ, { kind: 'word', charIndex: 0, charLength: 3, atMs: 1 }, (text) =>
  Int16Array.from([...text].flatMap((char) => Array.from({ length: 4 }, () => char.charCodeAt(0) & 0x7f))),
);

const killed = new AsideError('host-exited', 'killed', {
  details: { pid: 1, exitCode: null, signal: 'SIGKILL', request: null, stderrTail: [] },
});

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-export-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function run(answer: FakeAnswer, more: Partial<ExportJob> = {}) {
  const progress: ExportProgress[] = [];
  const notices: ExportNotice[] = [];
  const pool = createFakePool({ 'utterance.render': answer });
  const path = more.path ?? join(dir, 'book.wav');
  const summary = exportAudio({
    voice: VOICE,
    prosody: DEFAULT_PROSODY,
    pool,
    audio,
    text: TEXT,
    onProgress: (item) => progress.push(item),
    onNotice: (notice) => notices.push(notice),
    ...more,
    path,
  });
  return { summary, progress, notices, pool, path };
}

/** What was spoken, read back from the samples. */
function spoken(path: string): string {
  const samples = readFileSync(path).subarray(HEAD_BYTES);
  return Buffer.from(samples.filter((_, index) => index % 8 === 0)).toString('latin1');
}

const numbered = (count: number): string =>
  Array.from({ length: count }, (_, at) => `Sentence number ${at} is here, and says that it is. `)
    .join('')
    .repeat(10);

describe('exportAudio', () => {
  it('puts the segments one after the other behind the head, and nothing else in the folder', async () => {
    const { summary, path } = run(render);
    const { durationMs, bytes, characters, segments, words, files } = await summary;
    const file = readFileSync(path);
    expect(spoken(path)).toBe(TEXT);
    expect({ durationMs, bytes, characters, segments, words, files }).toEqual({
      durationMs: TEXT.length,
      bytes: file.byteLength,
      characters: TEXT.length,
      segments: 2,
      words: 2,
      files: [{ path, bytes: file.byteLength, durationMs: TEXT.length }],
    });
    expect(readdirSync(dir)).toEqual(['book.wav']);
  });

  it('counts the requests that each host was given', async () => {
    expect((await run(render).summary).hosts.map(({ requests }) => requests)).toEqual([1, 1]);
  });

  it('counts on inside a long segment, so that the time left is not judged by the heading before it', async () => {
    const halves: FakeAnswer = async (call) => {
      await render({ ...call, progress: () => {} });
      const audioBytes = (call.params.text as string).length * 62 * 8; // 62 ms a character
      call.progress({ kind: 'written', audioBytes: audioBytes / 2 });
      return { sampleRateHz: RATE_HZ, audioBytes, words: 1 };
    };
    const { summary, progress } = run(halves, { text: `A heading\n\n${'x'.repeat(1_000)}.` });
    await summary;
    expect([...new Set(progress.map(({ charsDone }) => charsDone))]).toEqual([11, 511, 1_012]);
  });

  it('ends its progress with all characters done', async () => {
    const { summary, progress } = run(render);
    await summary;
    expect(progress.at(-1)).toMatchObject({ charsDone: TEXT.length, charsTotal: TEXT.length, audioMs: TEXT.length });
  });

  it('joins in order what comes out of order', async () => {
    const text = numbered(100);
    const waiting: (() => void)[] = [];
    const lastFirst: FakeAnswer = async (call) => {
      const answer = await render(call);
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        // Three are under way at a time: the one that was begun last answers first.
        setImmediate(() => waiting.pop()?.());
      });
      return answer;
    };
    const { summary, path } = run(lastFirst, { text, jobs: 3 });
    await summary;
    expect(spoken(path).replaceAll(/\s/gu, '')).toBe(text.replaceAll(/\s/gu, ''));
  });

  it.each([1, 2])('leaves the same bytes when a host dies half-way through segment %i', async (broken) => {
    const whole = run(render, { path: join(dir, 'whole.wav') });
    await whole.summary;
    let calls = 0;
    const { summary, path } = run(
      async (call) => {
        calls += 1;
        const answer = await render({
          ...call,
          params: { ...call.params, ...(calls === broken && { text: 'X'.repeat(99) }) },
        });
        if (calls === broken) throw killed;
        return answer;
      },
      { path: join(dir, 'broken.wav') },
    );
    await summary;
    expect(readFileSync(path).equals(readFileSync(whole.path))).toBe(true);
    expect(readdirSync(dir).toSorted()).toEqual(['broken.wav', 'whole.wav']);
  });

  it('keeps the file that was there when it fails, and removes its own', async () => {
    writeFileSync(join(dir, 'book.wav'), 'precious');
    const { summary, path } = run(async () => {
      throw killed;
    });
    await expect(summary).rejects.toMatchObject({ code: 'segment-failed' });
    expect({ kept: readFileSync(path, 'utf8'), files: readdirSync(dir) }).toEqual({
      kept: 'precious',
      files: ['book.wav'],
    });
  });

  it('leaves a pause for a segment that fails twice when it is to skip it, and names it', async () => {
    const text = 'One is well\n\nTwo is bad\n\nThree is well.';
    const bad: FakeAnswer = async (call) => {
      if (String(call.params.text).includes('Two')) throw killed;
      return render(call);
    };
    const { summary, path, notices } = run(bad, { text, onError: 'skip' });
    expect((await summary).skipped).toEqual([{ charIndex: 13, charLength: 12, text: 'Two is bad' }]);
    const zeros = '\0'.repeat(1_000); // a second
    expect(spoken(path)).toBe(`One is well\n\n${zeros}Three is well.`);
    expect(notices).toEqual([{ kind: 'skipped', skipped: { charIndex: 13, charLength: 12, text: 'Two is bad' } }]);
  });

  it('leaves the pause also where the first segment of a later piece fails', async () => {
    const good = `${'A good line of words. '.repeat(100)}\n\n`;
    const bad: FakeAnswer = async (call) => {
      if (String(call.params.text).startsWith('Bad')) throw killed;
      return render(call);
    };
    const chapters = [{ charIndex: good.length, title: 'Bad one' }]; // a piece begins at each
    const { summary, path } = run(bad, { text: `${good}Bad one\n\n${good}`, chapters, onError: 'skip', jobs: 2 });
    expect((await summary).skipped).toMatchObject([{ text: 'Bad one' }]);
    expect(spoken(path)).toContain('\0'.repeat(1_000));
    expect(spoken(path).endsWith('words. \n\n')).toBe(true);
  });

  it('leaves pauses for the text before the first that can be heard, and is no success when there is none', async () => {
    const chapters = [{ charIndex: 9, title: 'Two' }];
    const bad: FakeAnswer = async (call) => {
      if (String(call.params.text).startsWith('Bad')) throw killed;
      return render(call);
    };
    const text = 'Bad one\n\nAll well.';
    const { summary, path } = run(bad, { text, chapters, onError: 'skip' });
    await summary;
    expect(spoken(path)).toBe(`${'\0'.repeat(1_000)}All well.`);
    const all = run(bad, { text: 'Bad one', onError: 'skip', path: join(dir, 'all.wav') });
    await expect(all.summary).rejects.toMatchObject({ code: 'refused', details: { reason: 'nothing-spoken' } });
  });

  it('does not put two sampling rates into one file', async () => {
    let calls = 0;
    const changing: FakeAnswer = async (call) => {
      calls += 1;
      const answer = (await render(call)) as object;
      return { ...answer, sampleRateHz: calls > 3 ? 8_000 : RATE_HZ };
    };
    await expect(run(changing, { text: numbered(20) }).summary).rejects.toThrow('from 4000 to 8000 samples a second');
  });

  it('keeps the titles of chapters of which the first words cannot be heard', async () => {
    const mute: FakeAnswer = async (call) => {
      if (String(call.params.text).includes('***')) return { sampleRateHz: RATE_HZ, audioBytes: 0, words: 0 };
      return render(call);
    };
    const text = 'Before it.\n\n***\n\nOne is here.\n\nTwo is here.';
    const chapters = [
      { charIndex: text.indexOf('***'), title: 'Dinkus' },
      { charIndex: text.indexOf('One'), title: 'One' },
      { charIndex: text.indexOf('Two'), title: 'Two' },
    ];
    const { summary } = run(mute, { text, chapters, split: { by: 'chapter' } });
    const { files } = await summary;
    expect(files.map(({ path }) => path.replace(/^.*book-/u, ''))).toEqual(['01.wav', '02 One.wav', '03 Two.wav']);
    expect(spoken(files[2]?.path ?? '')).toContain('Two is here.');
  });

  it('removes its folder only after a cancelled host has let go of it', async () => {
    const abort = new AbortController();
    const events: string[] = [];
    const { summary } = run(
      async (call) => {
        await render(call);
        abort.abort();
        await new Promise(setImmediate);
        events.push(...readdirSync(dir));
        throw new AsideError('request-cancelled', 'cancelled', { details: { request: 'utterance.render' } });
      },
      { signal: abort.signal },
    );
    await expect(summary).rejects.toMatchObject({ code: 'request-cancelled' });
    expect(events).toEqual(['book.wav.part']);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('writes timings on the clock of the file, with the text of each', async () => {
    const timingsPath = join(dir, 'book.json');
    await run(render, { timingsPath }).summary;
    expect(JSON.parse(readFileSync(timingsPath, 'utf8'))).toEqual([
      { kind: 'word', charIndex: 0, charLength: 3, text: 'Sho', atMs: 1, segment: 0 },
      { kind: 'word', charIndex: 25, charLength: 3, text: 'And', atMs: 26, segment: 1 },
    ]);
  });

  it('refuses an empty text', async () => {
    await expect(run(render, { text: ' \n' }).summary).rejects.toMatchObject({
      code: 'refused',
      details: { reason: 'empty-text' },
    });
  });

  it('refuses a target that another export is writing', async () => {
    const isAtWork = createDeferred<void>();
    const mayEnd = createDeferred<void>();
    const first = run(async (call) => {
      const answer = await render(call);
      isAtWork.resolve();
      await mayEnd.promise;
      return answer;
    });
    await isAtWork.promise; // of two that come at the same time either may be the one
    await expect(run(render).summary).rejects.toMatchObject({ code: 'refused', details: { reason: 'target-busy' } });
    mayEnd.resolve();
    await first.summary;
    expect(spoken(first.path)).toBe(TEXT);
  });

  it('refuses a target whose folder for the work is something of the user’s, and leaves that alone', async () => {
    writeFileSync(join(dir, 'book.wav.part'), 'precious');
    await expect(run(render).summary).rejects.toMatchObject({ code: 'file', details: { reason: 'not-ours' } });
    expect(readFileSync(join(dir, 'book.wav.part'), 'utf8')).toBe('precious');
  });

  it('says what is wrong with a folder that does not exist', async () => {
    const path = join(dir, 'nowhere', 'book.wav');
    await expect(run(render, { path }).summary).rejects.toMatchObject({
      code: 'file',
      details: { path, reason: 'ENOENT' },
      remedy: 'Make the folder first, or choose another.',
    });
  });

  it('waits while the disk is full, says so, and goes on when there is room', async () => {
    let calls = 0;
    const full: FakeAnswer = async (call) => {
      calls += 1;
      if (calls > 2) return render(call);
      throw new AsideError('file', 'no space', { details: { path: String(call.params.path), reason: 'ENOSPC' } });
    };
    const { summary, path, notices } = run(full);
    await summary;
    expect(notices).toEqual([{ kind: 'disk-full', path }, { kind: 'room-again' }]);
    expect(spoken(path)).toBe(TEXT);
  });

  it('tells once, before the disk is full, that the rest will not find room, and when it will again', async () => {
    const free = [9e9, 1_000, 1_000, 9e9, 9e9];
    const text = numbered(60);
    const { summary, notices, path } = run(render, {
      text,
      bytesFree: async () => free.shift() ?? 9e9,
    });
    await summary;
    expect(notices).toEqual([
      { kind: 'little-room', neededBytes: expect.any(Number), othersBytes: 0, freeBytes: 1_000 },
      { kind: 'enough-room' },
    ]);
    expect(spoken(path)).toBe(text);
  });

  it('needs less the more is done, by what was made of it so far', async () => {
    const needed: number[] = [];
    const text = numbered(60);
    const { summary } = run(render, {
      text,
      // Enough and too little in turn, so that it tells of every second look.
      bytesFree: async () => (needed.length % 2 === 0 ? 1_000 : 9e9),
      onNotice: (notice) => needed.push(notice.kind === 'little-room' ? notice.neededBytes : 0),
    });
    await summary;
    const told = needed.filter((bytes) => bytes > 0);
    expect(told.length).toBeGreaterThan(2);
    expect(told).toEqual(told.toSorted((a, b) => b - a));
  });

  it('can be cancelled while it waits for room', async () => {
    const abort = new AbortController();
    const full: FakeAnswer = async (call) => {
      throw new AsideError('file', 'no space', { details: { path: String(call.params.path), reason: 'ENOSPC' } });
    };
    const { summary } = run(full, {
      signal: abort.signal,
      onNotice: ({ kind }) => kind === 'disk-full' && abort.abort(),
    });
    await expect(summary).rejects.toMatchObject({ code: 'request-cancelled' });
    expect(readdirSync(dir)).toEqual([]);
  });

  it('writes into what a link leads to, and keeps the link', async () => {
    mkdirSync(join(dir, 'real'));
    writeFileSync(join(dir, 'real', 'book.wav'), 'old');
    symlinkSync(join(dir, 'real', 'book.wav'), join(dir, 'link.wav'));
    await run(render, { path: join(dir, 'link.wav') }).summary;
    expect(spoken(join(dir, 'real', 'book.wav'))).toBe(TEXT);
    expect(readdirSync(join(dir, 'real'))).toEqual(['book.wav']);
  });
});

describe('an export that goes on', () => {
  const text = numbered(60);
  /** Fails for good at the call of that number. */
  const failingAt = (failing: number): FakeAnswer => {
    let calls = 0;
    return async (call) => {
      calls += 1;
      if (calls >= failing) throw new AsideError('synthesis', 'no', { details: { engine: 'espeak', nativeCode: 1 } });
      return render(call);
    };
  };

  it('keeps what is done when it fails, and then makes only the rest', async () => {
    const whole = run(render, { text, path: join(dir, 'whole.wav') });
    await whole.summary;
    const failed = run(failingAt(6), { text });
    await expect(failed.summary).rejects.toMatchObject({ code: 'synthesis' });
    expect(failed.notices).toEqual([{ kind: 'kept', percent: expect.any(Number) }]);
    expect(existsSync(failed.path)).toBe(false);
    const resumed = run(render, { text });
    const summary = await resumed.summary;
    expect(resumed.notices).toEqual([{ kind: 'resumed', percent: expect.any(Number) }]);
    expect(resumed.pool.calls.length).toBeLessThan(whole.pool.calls.length);
    expect(readFileSync(resumed.path).equals(readFileSync(whole.path))).toBe(true);
    expect(summary).toMatchObject({ words: (await whole.summary).words, bytes: (await whole.summary).bytes });
    expect(readdirSync(dir).toSorted()).toEqual(['book.wav', 'whole.wav']);
  });

  it.each<[string, Partial<ExportJob>, string]>([
    ['text', { text: `${text} And more.` }, 'the text'],
    ['voice', { voice: { ...VOICE, id: 'espeak:de' } }, 'the voice'],
    ['speed', { prosody: { ...DEFAULT_PROSODY, rate: 2 } }, 'speed, pitch or volume'],
  ])('notices another %s and mixes nothing', async (_, change, word) => {
    await expect(run(failingAt(6), { text }).summary).rejects.toMatchObject({ code: 'synthesis' });
    const changed = run(render, { text, ...change });
    await changed.summary;
    expect(changed.notices).toEqual([{ kind: 'started-over', changed: [word] }]);
    const anew = run(render, { text, ...change, path: join(dir, 'anew.wav') });
    await anew.summary;
    expect(readFileSync(changed.path).equals(readFileSync(anew.path))).toBe(true);
  });

  it('loses nothing when it cannot even begin again', async () => {
    await expect(run(failingAt(8), { text }).summary).rejects.toMatchObject({ code: 'synthesis' });
    const timingsPath = join(dir, 'nowhere', 'book.json');
    await expect(run(render, { text, timingsPath }).summary).rejects.toMatchObject({ details: { reason: 'ENOENT' } });
    const aborted = run(render, { text, signal: AbortSignal.abort(), keepsWhenCancelled: () => true });
    await expect(aborted.summary).rejects.toMatchObject({ code: 'request-cancelled' });
    const resumed = run(render, { text });
    await resumed.summary;
    expect(resumed.notices).toEqual([{ kind: 'resumed', percent: expect.any(Number) }]);
  });

  it('does not give what another text has finished to this one, nor promise what is gone', async () => {
    const chapters = [0, 1_000, 2_500].map((charIndex, at) => ({ charIndex, title: `Part ${at}` }));
    const split = { by: 'chapter' } as const;
    const blocked = join(dir, 'book-02 Part 1.wav');
    mkdirSync(blocked);
    await expect(run(render, { text, chapters, split }).summary).rejects.toMatchObject({
      details: { reason: 'EISDIR' },
    });
    rmSync(blocked, { recursive: true });
    const other = text.replaceAll('Sentence', 'Another');
    const anew = await run(render, { text: other, chapters, split }).summary;
    expect(anew.files.map(({ path }) => spoken(path)).join('')).toContain('Another number 59');

    await expect(run(render, { text, chapters, split, path: join(dir, 'gone.wav') }).summary).resolves.toBeDefined();
    const work = join(dir, 'gone.wav.part');
    mkdirSync(work);
    mkdirSync(join(dir, 'gone-02 Part 1.wav.away'));
    const again = await run(render, { text, chapters, split, path: join(dir, 'gone.wav') }).summary;
    expect(again.files.every(({ path }) => existsSync(path))).toBe(true);
  });

  it('makes again what was damaged meanwhile', async () => {
    const whole = run(render, { text, path: join(dir, 'whole.wav') });
    await whole.summary;
    await expect(run(failingAt(8), { text }).summary).rejects.toMatchObject({ code: 'synthesis' });
    const file = join(dir, 'book.wav.part', 'audio-0001');
    const handle = await open(file, 'r+');
    await handle.write(Buffer.from('damage'), 0, 6, HEAD_BYTES + 100);
    await handle.close();
    const resumed = run(render, { text });
    await resumed.summary;
    expect(readFileSync(resumed.path).equals(readFileSync(whole.path))).toBe(true);
  });
});
