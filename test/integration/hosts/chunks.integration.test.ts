import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createForkLauncher } from '../../../main/hosts/fork-launcher.ts';
import type { Launcher } from '../../../main/hosts/launcher.ts';
import { createUtilityProcessLauncher } from '../../../main/hosts/utility-process-launcher.ts';
import { GROUP_CALLS } from '../../../protocol/contract/chunk.ts';
import { errorOf } from '../../helpers/error-of.ts';
import { bundleToyPools, type ToyPools } from '../../helpers/toy-pools.ts';
import { createUtilityProcessStandIn } from '../../helpers/utility-process-stand-in.ts';

let pools: ToyPools;
beforeAll(async () => {
  pools = await bundleToyPools();
});
afterEach(() => pools.endAll());
afterAll(() => pools.remove());

const ways: [string, () => Launcher][] = [
  ['the lane', createForkLauncher],
  ['a channel', () => createUtilityProcessLauncher(createUtilityProcessStandIn())],
];

describe('a map in chunks', { timeout: 60_000 }, () => {
  it.each(ways)('gives the results of single calls, in their order, by %s', async (_, launcher) => {
    const inputs = Array.from({ length: 1_003 }, (_input, index) => [index, 1]);
    const sums = await pools.open({ size: 2, launcher: launcher() }).map('toy.add', inputs, { chunkSize: 100 });
    expect(sums).toEqual(inputs.map(([index = 0]) => index + 1));
  });

  it('carries what only a structured clone can', async () => {
    const inputs = [new Uint8Array([1]), new Uint8Array(100_000).fill(7), new Uint8Array()];
    const echoed = await pools.open().map('toy.echo', inputs, { chunkSize: 3 });
    expect(echoed.map((bytes) => [bytes.byteLength, bytes.at(0)])).toEqual([
      [1, 1],
      [100_000, 7],
      [0, undefined],
    ]);
  });

  it('tells what became of each: one that fails leaves its neighbours alone', async () => {
    const inputs = ['known', 'defect', 'known'] as const;
    const outcomes = await pools.open().map('toy.fail', inputs, { chunkSize: 2, settled: true });
    expect(outcomes).toMatchObject([
      { index: 0, status: 'rejected', reason: { code: 'synthesis' } },
      { index: 1, status: 'rejected', reason: { code: 'internal', message: expect.stringContaining('a toy broke') } },
      { index: 2, status: 'rejected', reason: { code: 'synthesis' } },
    ]);
  });

  it('checks the parameters of each, and makes the calls whose parameters are right', async () => {
    const inputs = [[1], ['two'], [3]] as number[][];
    const outcomes = await pools.open().map('toy.add', inputs, { chunkSize: 3, settled: true });
    expect(outcomes).toMatchObject([
      { index: 0, value: 1 },
      { index: 1, reason: { code: 'contract' } },
      { index: 2, value: 3 },
    ]);
  });

  it('ends with the first that fails', async () => {
    const error = await errorOf(pools.open().map('toy.fail', ['known', 'defect'], { chunkSize: 2 }));
    expect(error).toMatchObject({ code: 'synthesis', details: { nativeCode: 4 } });
  });

  it('fails alone what cannot be sent back', async () => {
    const outcomes = await pools.open().map('toy.fail', ['known', 'unsendable', 'known'], {
      chunkSize: 3,
      settled: true,
    });
    expect(outcomes).toMatchObject([
      { reason: { code: 'synthesis' } },
      { reason: { message: expect.stringContaining('could not be cloned') } },
      { reason: { code: 'synthesis' } },
    ]);
  });

  it('rejects what cannot be sent there, and its host is free for the next', async () => {
    const pool = pools.open();
    const error = await errorOf(pool.map('toy.add', [[() => {}]] as never, { chunkSize: 2 }));
    expect(error).toMatchObject({ code: 'refused', remedy: expect.stringContaining('plain data') });
    expect(await pool.request('toy.add', [1, 2])).toBe(3);
  });

  it('keeps what came before the death of its host, also when it was tried again, and fails the rest', async () => {
    // `throw` answers at once and throws in a later turn of the thread, which `exit` does not let come.
    const inputs = [...Array.from({ length: GROUP_CALLS + 10 }, () => 'throw' as const), 'exit' as const];
    const options = { chunkSize: inputs.length, settled: true, retry: { times: 1 } } as const;
    const outcomes = await pools.open().map('toy.end', inputs, options);
    expect(outcomes.map(({ index }) => index)).toEqual(inputs.map((_, index) => index));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(GROUP_CALLS);
    expect(outcomes.slice(GROUP_CALLS)).toMatchObject(
      Array.from({ length: 11 }, () => ({ reason: { code: 'host-exited', details: { request: 'toy.end' } } })),
    );
  });

  it.each([0, 1])('of three, loses no more than the one whose host is killed; retries: %d', async (times) => {
    let kills = 1;
    const inputs = Array.from({ length: 30 }, (_, index) => [index]);
    const outcomes = await pools.open({ size: 2 }).map('toy.add', inputs, {
      chunkSize: 10,
      settled: true,
      retry: { times },
      onAssigned: (pid, index) => {
        if (index === 10 && kills-- > 0) process.kill(pid, 'SIGKILL');
      },
    });
    const isLost = (index: number): boolean => times === 0 && index >= 10 && index < 20;
    expect(outcomes).toMatchObject(
      inputs.map((_, index) =>
        isLost(index)
          ? { index, reason: { code: 'host-exited', details: { signal: 'SIGKILL' } } }
          : { index, value: index },
      ),
    );
  });

  it('is refused for a request that reports progress, with what to do', async () => {
    const error = await errorOf(pools.open().map('toy.count', [1, 2], { chunkSize: 2 }));
    expect(error).toMatchObject({ code: 'refused', remedy: 'Leave out chunkSize.' });
  });

  it('reads inputs as they come, and gives the last chunk what is left', async () => {
    async function* slowly(): AsyncGenerator<number[]> {
      for (let index = 0; index < 5; index += 1) yield [index];
    }
    expect(await pools.open().map('toy.add', slowly(), { chunkSize: 2 })).toEqual([0, 1, 2, 3, 4]);
  });
});
