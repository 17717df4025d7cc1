import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createForkLauncher } from '../../../main/hosts/fork-launcher.ts';
import { createHostPool, type HostPool } from '../../../main/hosts/host-pool.ts';
import type { Launcher } from '../../../main/hosts/launcher.ts';
import { createUtilityProcessLauncher } from '../../../main/hosts/utility-process-launcher.ts';
import { type ToyContract, toyContract } from '../../fixtures/threads/toy-contract.ts';
import { bundleFixtures } from '../../helpers/bundle-model.ts';
import type { BundledProgram } from '../../helpers/bundle-program.ts';
import { errorOf } from '../../helpers/error-of.ts';
import { createUtilityProcessStandIn } from '../../helpers/utility-process-stand-in.ts';

let host: BundledProgram;
beforeAll(async () => {
  host = await bundleFixtures('threads', 'toy-host', 'toy-engine');
});
afterAll(() => host.remove());

const opened: HostPool<ToyContract>[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((pool) => pool.terminate()));
});

function openPool(size = 2, launcher: Launcher = createForkLauncher()): HostPool<ToyContract> {
  const entry = { contract: toyContract, engine: 'toy', launcher, entryPath: host.path, args: [] };
  const pool = createHostPool({ ...entry, size });
  opened.push(pool);
  return pool;
}

const ways: [string, () => Launcher][] = [
  ['the lane', createForkLauncher],
  ['a channel', () => createUtilityProcessLauncher(createUtilityProcessStandIn())],
];

describe('a map in chunks', { timeout: 60_000 }, () => {
  it.each(ways)('gives the results of single calls, in their order, by %s', async (_, launcher) => {
    const inputs = Array.from({ length: 1_003 }, (_input, index) => [index, 1]);
    const sums = await openPool(2, launcher()).map('toy.add', inputs, { chunkSize: 100 });
    expect(sums).toEqual(inputs.map(([index = 0]) => index + 1));
  });

  it('carries what only a structured clone can', async () => {
    const inputs = [new Uint8Array([1]), new Uint8Array(100_000).fill(7), new Uint8Array()];
    const echoed = await openPool(1).map('toy.echo', inputs, { chunkSize: 3 });
    expect(echoed.map((bytes) => [bytes.byteLength, bytes.at(0)])).toEqual([
      [1, 1],
      [100_000, 7],
      [0, undefined],
    ]);
  });

  it('tells what became of each: one that fails leaves its neighbours alone', async () => {
    const inputs = ['known', 'defect', 'known'] as const;
    const outcomes = await openPool(1).map('toy.fail', inputs, { chunkSize: 2, settled: true });
    expect(outcomes).toMatchObject([
      { index: 0, status: 'rejected', reason: { code: 'synthesis' } },
      { index: 1, status: 'rejected', reason: { code: 'internal', message: expect.stringContaining('a toy broke') } },
      { index: 2, status: 'rejected', reason: { code: 'synthesis' } },
    ]);
  });

  it('checks the parameters of each, and makes the calls whose parameters are right', async () => {
    const inputs = [[1], ['two'], [3]] as number[][];
    const outcomes = await openPool(1).map('toy.add', inputs, { chunkSize: 3, settled: true });
    expect(outcomes).toMatchObject([
      { index: 0, value: 1 },
      { index: 1, reason: { code: 'contract' } },
      { index: 2, value: 3 },
    ]);
  });

  it('ends with the first that fails', async () => {
    const error = await errorOf(openPool(1).map('toy.fail', ['known', 'defect'], { chunkSize: 2 }));
    expect(error).toMatchObject({ code: 'synthesis', details: { nativeCode: 4 } });
  });

  it('fails all calls of a chunk whose host dies, and names the death; other chunks are done', async () => {
    const pool = openPool(1);
    // The second of its chunk ends the thread, and with it the host, before the answer of the first has left.
    const outcomes = await pool.map('toy.end', ['exit', 'exit'], { chunkSize: 2, settled: true });
    expect(outcomes).toMatchObject([0, 1].map((index) => ({ index, reason: { code: 'host-exited' } })));
    expect(await pool.map('toy.add', [[1], [2]], { chunkSize: 2 })).toEqual([1, 2]);
  });

  it('is refused for a request that reports progress, with what to do', async () => {
    const error = await errorOf(openPool(1).map('toy.count', [1, 2], { chunkSize: 2 }));
    expect(error).toMatchObject({ code: 'refused', remedy: 'Leave out chunkSize.' });
  });

  it('reads inputs as they come, and gives the last chunk what is left', async () => {
    async function* slowly(): AsyncGenerator<number[]> {
      for (let index = 0; index < 5; index += 1) yield [index];
    }
    expect(await openPool(1).map('toy.add', slowly(), { chunkSize: 2 })).toEqual([0, 1, 2, 3, 4]);
  });
});
