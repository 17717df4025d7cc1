import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { isWorkedOn, JOB, JOURNAL, WorkFolder } from '../../../../main/exports/work-folder.ts';
import { beginFile } from '../../../../native-host/files/file-beginning.ts';

const removed: string[] = [];
vi.mock('../../../../main/files/remove-file.ts', async (original) => {
  const { removeFile } = await original<typeof import('../../../../main/files/remove-file.ts')>();
  const noted = (path: string): Promise<void> => {
    removed.push(path);
    return removeFile(path);
  };
  return { removeFile: noted };
});

it('removes first what it was told to make, so that nobody is offered what is half gone', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'aside-work-'));
  const folder = await WorkFolder.claim(join(dir, 'book.wav'));
  for (const name of ['audio-0001', JOURNAL, JOB]) writeFileSync(folder.file(name), '');
  removed.length = 0;
  await folder.discard();
  expect(removed.map((path) => path.slice(folder.path.length + 1))).toEqual([JOB, JOURNAL, 'audio-0001', 'lock']);
  expect(existsSync(folder.path)).toBe(false);
  rmSync(dir, { recursive: true });
});

it('is one export’s, whether that claims it or has a host make it', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'aside-both-'));
  const target = join(dir, 'book.wav');
  const winners = new Set<string>();
  for (let round = 0; round < 40; round += 1) {
    const planned = await WorkFolder.planned(target);
    const made = beginFile(planned.beginning('{}'), 'later').then(() => 'host');
    const claimed = WorkFolder.claim(target);
    const all = await Promise.allSettled([made, claimed.then(() => 'claim')]);
    const won = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const lost = all.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(won).toHaveLength(1);
    expect(lost).toMatchObject([{ code: 'refused', details: { reason: 'target-busy' } }]);
    winners.add(won.join());
    expect(await isWorkedOn(planned.path)).toBe(true);
    await planned.leavePlanned();
    expect(existsSync(planned.path)).toBe(won.includes('claim'));
    if (won.includes('claim')) await (await claimed).discard();
    expect(existsSync(planned.path)).toBe(false);
  }
  expect(winners.size).toBeGreaterThan(0);
  rmSync(dir, { recursive: true });
});

it('goes with what a host has left in it that was killed while it began, and stays where another export has it', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'aside-begun-'));
  const target = join(dir, 'book.wav');
  const folder = await WorkFolder.planned(target);
  await beginFile(folder.beginning('{}'), 'blocking');
  writeFileSync(folder.file('lock.77'), '');
  await folder.leaveBegun();
  expect(existsSync(folder.path)).toBe(false);

  const other = await WorkFolder.claim(target);
  await folder.leaveBegun();
  expect([existsSync(other.path), await isWorkedOn(other.path)]).toEqual([true, true]);
  await other.discard();
  rmSync(dir, { recursive: true });
});
