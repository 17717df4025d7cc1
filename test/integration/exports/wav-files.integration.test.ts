import { readFileSync, truncateSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HostPool } from '../../../main/hosts/host-pool.ts';
import type { AudioContract } from '../../../protocol/contract/audio-contract.ts';
import { makeFile, NO_TAGS, openAudioHosts, probe, run, samplesOf } from '../../helpers/audio-files.ts';
import { describeWithAudioTools } from '../../helpers/audio-tools.ts';
import { riffChunks } from '../../helpers/riff-chunks.ts';
import { SPEECH_RATE_HZ, type SpokenPieces, speakPieces, BOOK_TAGS as tags } from '../../helpers/spoken-pieces.ts';

const sampleRateHz = SPEECH_RATE_HZ;
const format = { kind: 'wav' } as const;
/** More than 4 GB of samples, for which no disk has to have room: nothing is ever written there. */
const HUGE_SAMPLES = 2 ** 31 + 100_000;

describeWithAudioTools('a WAV file', () => {
  let speech: SpokenPieces;
  let pcm: Buffer;
  let pool: HostPool<AudioContract>;
  beforeAll(() => {
    speech = speakPieces();
    pcm = Buffer.concat(speech.pcm);
    pool = openAudioHosts();
  });
  afterAll(async () => {
    await pool.terminate();
    speech.remove();
  });

  const soxSamples = (path: string): number => Number(run('soxi', ['-s', path]).toString());

  test('is without tags a head of 44 bytes and the samples', async () => {
    const path = join(speech.dir, 'plain.wav');
    const made = await makeFile(pool, { path, format, sampleRateHz, pcmPaths: speech.pcmPaths });
    expect(made.bytes).toBe(44 + pcm.length);
    expect(readFileSync(path).subarray(44).equals(pcm)).toBe(true);
    expect(soxSamples(path)).toBe(pcm.length / 2);
    expect(run('file', ['-b', path]).toString()).toMatch(/^RIFF .*WAVE audio, Microsoft PCM, 16 bit, mono 22050 Hz/);
  });

  test('is read by others as it was meant, with tags and room for huge sizes', async () => {
    const path = join(speech.dir, 'tags.wav');
    await makeFile(pool, { path, format, sampleRateHz, pcmPaths: speech.pcmPaths, tags, mayBeHuge: true });
    expect(soxSamples(path)).toBe(pcm.length / 2);
    expect(probe(path).format.tags).toEqual({ title: tags.title, artist: tags.author, track: '2' });
    expect(Buffer.from(samplesOf(path).buffer).equals(pcm)).toBe(true);
  });

  test('is RF64 above 4 GB, of which others read the length', async () => {
    const path = join(speech.dir, 'huge.wav');
    const file = { path, format, sampleRateHz, tags, mayBeHuge: true };
    const begun = await pool.request('file.begin', file);
    truncateSync(path, begun.bytes + HUGE_SAMPLES * 2);
    const before = { ...begun, bytes: begun.bytes + HUGE_SAMPLES * 2, samples: HUGE_SAMPLES };
    const piecePath = speech.pcmPaths[0] ?? '';
    const { state } = await pool.request('piece.append', { path, format, sampleRateHz, piecePath, state: before });
    const { bytes } = await pool.request('file.finish', { ...file, state, seekPoints: [] });
    const samples = HUGE_SAMPLES + (speech.pcm[0]?.length ?? 0) / 2;
    expect([state.samples, bytes]).toEqual([samples, begun.bytes + samples * 2]);

    const head = await readStart(path, begun.bytes);
    expect(riffChunks(head).form).toBe('RF64WAVE');
    expect(head.readBigUInt64LE(20 + 8)).toBe(BigInt(samples * 2));
    expect(Number(probe(path).format.duration)).toBeCloseTo(samples / sampleRateHz, 3);
  });

  test('is refused above 4 GB where no room was left, before anything is written', async () => {
    const path = join(speech.dir, 'too-long.wav');
    const file = { path, format, sampleRateHz, tags: NO_TAGS, mayBeHuge: false };
    const begun = await pool.request('file.begin', file);
    truncateSync(path, begun.bytes + HUGE_SAMPLES * 2);
    const state = { ...begun, bytes: begun.bytes + HUGE_SAMPLES * 2, samples: HUGE_SAMPLES };
    const refused = {
      code: 'file',
      message: expect.stringContaining('4 GB'),
      details: { path, reason: 'too-long-for-wav' },
    };
    const piecePath = speech.pcmPaths[0] ?? '';
    await expect(pool.request('piece.append', { path, format, sampleRateHz, piecePath, state })).rejects.toMatchObject(
      refused,
    );
    await expect(pool.request('file.finish', { ...file, state, seekPoints: [] })).rejects.toMatchObject(refused);
  });
});

/** Of a file that is too large for `readFileSync`. */
async function readStart(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer;
  } finally {
    await file.close();
  }
}
