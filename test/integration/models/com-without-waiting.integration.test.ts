import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDeferred } from '../../../protocol/contract/deferred.ts';
import { bundleWorkPools, type WorkPools } from '../../helpers/work-pool.ts';

/**
 *     voice.Speak("…", SVSFDefault)   // and the window freezes
 *
 * A native method that blocks until somebody else does something: here read(2) of a pipe that says nothing.
 */
const COUNT = 3;
let pools: WorkPools;
let folder: string;
let pipes: string[];

beforeAll(async () => {
  pools = await bundleWorkPools();
  folder = mkdtempSync(join(tmpdir(), 'pipes-'));
  pipes = Array.from({ length: COUNT }, (_, index) => join(folder, `pipe-${index}`));
  if (process.platform !== 'win32') execFileSync('mkfifo', pipes);
});
afterEach(() => pools.endAll());
afterAll(() => {
  rmSync(folder, { recursive: true });
  pools.remove();
});

describe.skipIf(process.platform === 'win32')('a blocking native method called without waiting (POSIX)', () => {
  it('returns at once; several are in flight, and each result comes when it is there', {
    timeout: 60_000,
  }, async () => {
    const pool = pools.open({ size: COUNT });
    const begun = pipes.map(() => createDeferred<void>());
    const pids = new Set<number>();
    const results: string[] = [];
    const calls = pipes.map((pipe, index) => {
      const onProgress = (): void => begun[index]?.resolve();
      return pool.start('native.read', pipe, { onProgress, onAssigned: (pid) => pids.add(pid) });
    });
    const all = Promise.all(calls.map(({ result }) => result.then((text) => results.push(text))));

    await Promise.race([Promise.all(begun.map(({ promise }) => promise)), all]);
    // Every host has its thread in native code now. Nothing can end that but what is written below.
    expect([pids.size, pool.status().map(({ request }) => request), results]).toEqual([
      COUNT,
      Array(COUNT).fill('native.read'),
      [],
    ]);

    for (const index of [2, 0, 1]) {
      await writeFile(pipes[index] as string, `answer ${index}`);
      expect(await calls[index]?.result).toBe(`answer ${index}`);
    }
    await all;
    expect(results).toEqual(['answer 2', 'answer 0', 'answer 1']);
  });
});
