import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportWav } from '../../../../main/exports/export-wav.ts';
import { WAV_HEADER_BYTES } from '../../../../main/exports/wav-header.ts';
import { AsideError } from '../../../../protocol/errors.ts';
import type { ExportProgress } from '../../../../protocol/model/export.ts';
import { DEFAULT_PROSODY } from '../../../../protocol/model/prosody.ts';
import type { Voice } from '../../../../protocol/model/voice.ts';
import { createFakePool, type FakeAnswer } from '../../../helpers/fake-pool.ts';

const VOICE: Voice = { id: 'espeak:en', name: 'English', language: 'en', gender: 'unknown', engine: 'espeak' };
const RATE = 1_000; // two bytes a millisecond
const TEXT = 'Short one. Heading here\n\nAnd the rest of it.';

/** A host that makes two bytes of audio a character, each with the character's code. */
const render: FakeAnswer = async ({ params, progress }) => {
  const { text, path, offsetBytes } = params as { text: string; path: string; offsetBytes: number };
  const file = await open(path, 'r+');
  const samples = Buffer.from([...text].flatMap((char) => [char.charCodeAt(0) & 0x7f, 0]));
  await file.write(samples, 0, samples.byteLength, offsetBytes);
  await file.close();
  const boundary = { kind: 'word' as const, charIndex: 0, charLength: 3, atMs: 1 };
  if (params.wantBoundaries) progress({ kind: 'boundaries', boundaries: [boundary] });
  progress({ kind: 'written', audioBytes: samples.byteLength });
  return { sampleRateHz: RATE, audioBytes: samples.byteLength, words: 1 };
};
const killed = new AsideError('host-exited', 'killed', {
  details: { pid: 1, exitCode: null, signal: 'SIGKILL', request: null, stderrTail: [] },
});

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-export-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function run(
  answer: FakeAnswer,
  more: { signal?: AbortSignal; text?: string; path?: string; timingsPath?: string } = {},
) {
  const progress: ExportProgress[] = [];
  const pool = createFakePool({ 'utterance.render': answer });
  const path = more.path ?? join(dir, 'book.wav');
  const summary = exportWav({
    voice: VOICE,
    prosody: DEFAULT_PROSODY,
    pool,
    text: TEXT,
    onProgress: (item) => progress.push(item),
    ...more,
    path,
  });
  return { summary, progress, pool, path };
}

describe('exportWav', () => {
  it('puts the segments one after the other behind the header, and nothing else in the folder', async () => {
    const { summary, path } = run(render);
    const { durationMs, bytes, characters, segments, words } = await summary;
    const file = readFileSync(path);
    expect(
      file
        .subarray(WAV_HEADER_BYTES)
        .filter((_, index) => index % 2 === 0)
        .toString(),
    ).toBe(TEXT);
    expect({ durationMs, bytes, characters, segments, words }).toEqual({
      durationMs: TEXT.length,
      bytes: file.byteLength,
      characters: TEXT.length,
      segments: 3,
      words: 3,
    });
    expect(readdirSync(dir)).toEqual(['book.wav']);
  });

  it('counts the requests that each host was given', async () => {
    expect((await run(render).summary).hosts.map(({ requests }) => requests)).toEqual([1, 1, 1]);
  });

  it('counts on inside a long segment, so that the time left is not judged by the heading before it', async () => {
    const halves: FakeAnswer = async ({ params, progress }) => {
      const audioBytes = (params.text as string).length * 124; // 62 ms a character, at RATE
      progress({ kind: 'written', audioBytes: audioBytes / 2 });
      return { sampleRateHz: RATE, audioBytes, words: 1 };
    };
    const { summary, progress } = run(halves, { text: `A heading\n\n${'x'.repeat(1_000)}.` });
    await summary;
    expect(progress.map(({ charsDone }) => charsDone)).toEqual([11, 511, 1_012]);
  });

  it('ends its progress with all characters done', async () => {
    const { summary, progress } = run(render);
    await summary;
    expect(progress.at(-1)).toMatchObject({ charsDone: TEXT.length, charsTotal: TEXT.length, audioMs: TEXT.length });
  });

  it('leaves the same bytes when a host dies half-way through a segment', async () => {
    const whole = run(render, { path: join(dir, 'whole.wav') });
    await whole.summary;
    let calls = 0;
    const broken = run(
      async (call) => {
        calls += 1;
        const answer = await render({
          ...call,
          params: { ...call.params, text: calls === 2 ? 'XXX' : call.params.text },
        });
        if (calls === 2) throw killed;
        return answer;
      },
      { path: join(dir, 'broken.wav') },
    );
    await broken.summary;
    expect(readFileSync(broken.path).equals(readFileSync(whole.path))).toBe(true);
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

  it('removes the part file only after a cancelled host has let go of it', async () => {
    const abort = new AbortController();
    const events: string[] = [];
    const { summary } = run(
      async (call) => {
        abort.abort();
        await new Promise(setImmediate);
        events.push(...readdirSync(dir));
        await render(call);
        throw new AsideError('request-cancelled', 'cancelled', { details: { request: 'utterance.render' } });
      },
      { signal: abort.signal },
    );
    await expect(summary).rejects.toMatchObject({ code: 'request-cancelled' });
    expect(events).toEqual([expect.stringMatching(/^book\.wav\..+\.part$/u)]);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('writes timings on the clock of the file, with the text of each', async () => {
    const timingsPath = join(dir, 'book.json');
    await run(render, { timingsPath }).summary;
    expect(JSON.parse(readFileSync(timingsPath, 'utf8'))).toEqual([
      { kind: 'word', charIndex: 0, charLength: 3, text: 'Sho', atMs: 1, segment: 0 },
      { kind: 'word', charIndex: 11, charLength: 3, text: 'Hea', atMs: 12, segment: 1 },
      { kind: 'word', charIndex: 25, charLength: 3, text: 'And', atMs: 26, segment: 2 },
    ]);
  });

  it('refuses an empty text', async () => {
    await expect(run(render, { text: ' \n' }).summary).rejects.toMatchObject({
      code: 'refused',
      details: { reason: 'empty-text' },
    });
  });

  it('refuses a target that another export is writing', async () => {
    const first = run(render);
    await expect(run(render).summary).rejects.toMatchObject({ code: 'refused', details: { reason: 'target-busy' } });
    await first.summary;
  });

  it('says what is wrong with a folder that does not exist', async () => {
    const path = join(dir, 'nowhere', 'book.wav');
    await expect(run(render, { path }).summary).rejects.toMatchObject({
      code: 'file',
      details: { path, reason: 'ENOENT' },
      remedy: 'Make the folder first, or choose another.',
    });
  });

  it('tells of a full disk with the name that the user knows, and leaves nothing', async () => {
    const { summary, path } = run(async ({ params }) => {
      const details = { path: String(params.path), reason: 'ENOSPC' };
      throw new AsideError('file', 'no space', { details });
    });
    await expect(summary).rejects.toMatchObject({
      message: `${path} cannot be written: the disk is full`,
      details: { path, reason: 'ENOSPC' },
    });
    expect(readdirSync(dir)).toEqual([]);
  });

  it('stops before a WAV file outgrows its format', async () => {
    const { summary } = run(async () => ({ sampleRateHz: RATE, audioBytes: 3_000_000_000, words: 0 }));
    await expect(summary).rejects.toMatchObject({ code: 'file', details: { reason: 'too-long-for-wav' } });
    expect(readdirSync(dir)).toEqual([]);
  });
});
