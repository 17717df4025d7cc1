import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { constants, getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AudioFormat } from '../../../protocol/model/audio-format.ts';
import { openRealExports, PROSE, type RealExports, sha256Of } from '../../helpers/export-with-espeak.ts';

const FORMATS: AudioFormat[] = [
  { kind: 'wav' },
  { kind: 'mp3', bitrateKbps: 64, quality: null },
  { kind: 'mp3', bitrateKbps: null, quality: 6 },
  { kind: 'ogg', quality: 2 },
];
const nameOf = (format: AudioFormat): string =>
  format.kind === 'mp3' && format.quality !== null ? 'vbr.mp3' : `a.${format.kind}`;

/** Six pieces, a quarter of an hour. */
const TEXT = PROSE.slice(0, 12_000);

const dir = mkdtempSync(join(tmpdir(), 'aside-same-bytes-'));
let open: RealExports[] = [];
const withJobs = (jobs: number): RealExports => {
  const exports = openRealExports(jobs);
  open.push(exports);
  return exports;
};
const expected = new Map<string, string>();

beforeAll(async () => {
  const one = withJobs(1);
  for (const format of FORMATS) {
    const path = join(dir, nameOf(format));
    await one.make({ text: TEXT, path, format, subtitlesPath: join(dir, 'expected.srt') });
    expected.set(nameOf(format), await sha256Of(path));
    expected.set(`${nameOf(format)}.srt`, await sha256Of(join(dir, 'expected.srt')));
  }
});
afterEach(async () => {
  await Promise.all(open.map((exports) => exports.close()));
  open = [];
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe.each([2, 4, 8])('an export by %i hosts', (jobs) => {
  it('has the bytes of one by a single host, in every format, and its subtitles have', async () => {
    const exports = withJobs(jobs);
    for (const format of FORMATS) {
      const path = join(dir, `${jobs}-${nameOf(format)}`);
      const subtitlesPath = `${path}.srt`;
      const { hosts } = await exports.make({ text: TEXT, path, format, subtitlesPath });
      expect(await sha256Of(path)).toBe(expected.get(nameOf(format)));
      expect(await sha256Of(subtitlesPath)).toBe(expected.get(`${nameOf(format)}.srt`));
      expect(hosts.length).toBeGreaterThan(1);
    }
  });
});

it.each(FORMATS)('has the same bytes when hosts are killed in the middle: %o', async (format) => {
  const exports = withJobs(2);
  const path = join(dir, `killed-${nameOf(format)}`);
  // One of each, once: a text that took two hosts with it would rightly be given up.
  const killed = { speaking: 0, encoding: 0 };
  const kill = (kind: 'speaking' | 'encoding'): void => {
    const [pid] = exports[kind]();
    if (killed[kind] > 0 || pid === undefined) return;
    killed[kind] += 1;
    process.kill(pid, 'SIGKILL');
  };
  await exports.make({
    text: TEXT,
    path,
    format,
    onProgress: ({ charsDone, charsTotal }) => {
      if (charsDone / charsTotal < 0.2) return;
      kill('speaking');
      if (format.kind !== 'wav') kill('encoding'); // joining samples is over in a moment
    },
  });
  expect(killed).toEqual({ speaking: 1, encoding: format.kind === 'wav' ? 0 : 1 });
  expect(await sha256Of(path)).toBe(expected.get(nameOf(format)));
  expect(readdirSync(dir).filter((name) => name === `killed-${nameOf(format)}.part`)).toEqual([]);
});

it('runs its hosts behind the processes that draw', async () => {
  const exports = withJobs(2);
  const priorities = new Set<number>();
  await exports.make({
    text: TEXT.slice(0, 5_000),
    path: join(dir, 'priority.mp3'),
    format: { kind: 'mp3', bitrateKbps: 64, quality: null },
    onProgress: () => {
      for (const pid of [...exports.speaking(), ...exports.encoding()]) priorities.add(getPriority(pid));
    },
  });
  expect([...priorities]).toEqual([constants.priority.PRIORITY_BELOW_NORMAL]);
  expect(getPriority()).toBe(constants.priority.PRIORITY_NORMAL);
});
