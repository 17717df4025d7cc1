import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HostPool } from '../../../main/hosts/host-pool.ts';
import type { AudioContract } from '../../../protocol/contract/audio-contract.ts';
import { makeFile, openAudioHosts, run, speak } from '../../helpers/audio-files.ts';

const sampleRateHz = 22_050;
const format = { kind: 'wav' } as const;
const tags = { title: 'Der Hafen um sechs — Ü', author: 'Jane Doe', track: { number: 2, of: 3 }, chapters: [] };

let dir = '';
let pool: HostPool<AudioContract>;
let pcm: Buffer;
let pcmPaths: string[] = [];
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-wav-'));
  pool = openAudioHosts();
  const pieces = ['The harbour wakes at six.', 'A boat comes in.', 'Nobody is there to see it.'].map((text) =>
    speak(text),
  );
  pcm = Buffer.concat(pieces);
  pcmPaths = pieces.map((piece, index) => {
    const path = join(dir, `${index}.pcm`);
    writeFileSync(path, piece);
    return path;
  });
});
afterAll(async () => {
  await pool.terminate();
  rmSync(dir, { recursive: true, force: true });
});

test('a file without tags is a head of 44 bytes and the samples', async () => {
  const path = join(dir, 'plain.wav');
  const made = await makeFile(pool, { path, format, sampleRateHz, pcmPaths });
  expect(made.bytes).toBe(44 + pcm.length);
  expect(readFileSync(path).subarray(44).equals(pcm)).toBe(true);
  expect(run('soxi', ['-s', path]).toString().trim()).toBe(String(pcm.length / 2));
});

test('a file with tags and room for huge sizes is read by others as it was meant', async () => {
  const path = join(dir, 'tags.wav');
  await makeFile(pool, { path, format, sampleRateHz, pcmPaths, tags, mayBeHuge: true });
  expect(run('soxi', ['-s', path]).toString().trim()).toBe(String(pcm.length / 2));
  const told = run('ffprobe', ['-v', 'error', '-show_entries', 'format_tags', '-of', 'json', path]).toString();
  expect(JSON.parse(told).format.tags).toEqual({ title: tags.title, artist: tags.author, track: '2' });
  expect(run('ffmpeg', ['-v', 'error', '-i', path, '-f', 's16le', '-']).equals(pcm)).toBe(true);
});
