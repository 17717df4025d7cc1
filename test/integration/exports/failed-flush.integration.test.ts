import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { exportAudio } from '../../../main/exports/export-audio.ts';
import type { ExportNotice } from '../../../main/exports/export-job.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import type { Voice } from '../../../protocol/model/voice.ts';
import { openAudioHosts } from '../../helpers/audio-files.ts';
import { createFakePool } from '../../helpers/fake-pool.ts';
import { fakeVoice } from '../../helpers/fake-voice.ts';

const disk = vi.hoisted(() => ({ failingFlush: Number.POSITIVE_INFINITY, flushes: 0 }));

// A disk that fails cannot be had here: its flush is what is replaced.
vi.mock('../../../main/exports/flush-ahead.ts', async (importOriginal) => {
  const { FlushAhead } = await importOriginal<typeof import('../../../main/exports/flush-ahead.ts')>();
  const flush = async (): Promise<void> => {
    disk.flushes += 1;
    if (disk.flushes >= disk.failingFlush) throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
  };
  return {
    FlushAhead: class extends FlushAhead {
      constructor() {
        super(flush);
      }
    },
  };
});

const VOICE: Voice = { id: 'espeak:en', name: 'English', language: 'en', gender: 'unknown', engine: 'espeak' };
const TEXT = 'Words of it. '.repeat(3_000);
const SAMPLES_PER_CHAR = 2_500;

const audio = openAudioHosts(1);
const dir = mkdtempSync(join(tmpdir(), 'aside-flush-'));
const path = join(dir, 'book.wav');
afterAll(async () => {
  await audio.terminate();
  rmSync(dir, { recursive: true, force: true });
});

const speak = fakeVoice(8_000, { kind: 'word', charIndex: 0, charLength: 1, atMs: 0 }, (text) =>
  new Int16Array(text.length * SAMPLES_PER_CHAR).fill(text.length),
);

async function run(): Promise<ExportNotice[]> {
  const notices: ExportNotice[] = [];
  const pool = createFakePool({ 'utterance.render': speak });
  await exportAudio({
    text: TEXT,
    voice: VOICE,
    prosody: DEFAULT_PROSODY,
    pool,
    audio,
    path,
    jobs: 1,
    onNotice: (notice) => notices.push(notice),
  }).catch((error) => {
    expect(error).toMatchObject({ code: 'file', details: { path, reason: 'EIO' } });
  });
  return notices;
}

const sha256 = (): string => createHash('sha256').update(readFileSync(path)).digest('hex');

it('goes on from what was on the disk before a flush failed, and makes the same bytes', async () => {
  await run();
  const whole = sha256();
  rmSync(path);
  expect(disk.flushes).toBe(2); // of some 195 MB

  disk.flushes = 0;
  disk.failingFlush = 2;
  const kept = (await run()).find((notice) => notice.kind === 'kept');
  expect(kept?.percent).toBeGreaterThan(25);
  expect(kept?.percent).toBeLessThan(50); // nearer to the 64 MB that the first flush brought than to the second's 128

  disk.failingFlush = Number.POSITIVE_INFINITY;
  expect(await run()).toContainEqual({ kind: 'resumed', percent: kept?.percent });
  expect(sha256()).toBe(whole);
});
