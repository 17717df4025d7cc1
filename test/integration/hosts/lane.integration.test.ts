import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createForkLauncher } from '../../../main/hosts/fork-launcher.ts';
import type { HostPool } from '../../../main/hosts/host-pool.ts';
import type { Launcher } from '../../../main/hosts/launcher.ts';
import { createUtilityProcessLauncher } from '../../../main/hosts/utility-process-launcher.ts';
import { createDeferred } from '../../../protocol/contract/deferred.ts';
import type { ToyContract } from '../../fixtures/threads/toy-contract.ts';
import { bundleToyPools, type ToyPools } from '../../helpers/toy-pools.ts';
import { createUtilityProcessStandIn } from '../../helpers/utility-process-stand-in.ts';

let pools: ToyPools;
beforeAll(async () => {
  pools = await bundleToyPools();
});
afterEach(() => pools.endAll());
afterAll(() => pools.remove());

const openPool = (launcher: Launcher): HostPool<ToyContract> => pools.open({ launcher });

const fork = createForkLauncher();
/** The ways that a call can take to the engine thread and back. */
const ways: [string, () => Launcher][] = [
  ['the lane', () => fork],
  ['the channel of a fork', () => ({ ...fork, launch: (options) => fork.launch({ ...options, wantsLane: false }) })],
  ['the channel of a utility process', () => createUtilityProcessLauncher(createUtilityProcessStandIn())],
];

const MB = 2 ** 20;
/** Bytes that no zeroed memory looks like. */
function pattern(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index += 1) bytes[index] = ((index * 31) % 251) | 1;
  return bytes;
}

const pidOf = (pool: HostPool<ToyContract>): number | null | undefined => pool.status()[0]?.pid;

describe.each(ways)('a call by %s', (_, launcher) => {
  it('brings parameters there and the result back', async () => {
    const pool = openPool(launcher());
    await expect(pool.request('toy.add', [1, 2.5, -3])).resolves.toBe(0.5);
  });

  it.each([0, 1, 100_000, 17 * MB])('brings %d bytes there and back, exactly', async (byteCount) => {
    const bytes = pattern(byteCount);
    const echoed = await openPool(launcher()).request('toy.echo', bytes);
    expect(echoed.constructor === Uint8Array || echoed instanceof Buffer).toBe(true);
    expect(Buffer.compare(echoed, bytes)).toBe(0);
  });

  it('delivers all progress in order and before the result', async () => {
    const items: number[] = [];
    await openPool(launcher()).request('toy.count', 5_000, { onProgress: ({ index }) => items.push(index) });
    expect(items).toEqual(Array.from({ length: 5_000 }, (_item, index) => index));
  });

  it('fails alone: the host goes on', async () => {
    const pool = openPool(launcher());
    await expect(pool.request('toy.count', 0.5)).rejects.toMatchObject({ code: 'contract' });
    await expect(pool.request('toy.fail', 'known')).rejects.toMatchObject({
      code: 'synthesis',
      message: 'the toy refused',
    });
    await expect(pool.request('toy.fail', 'unsendable')).rejects.toMatchObject({ code: 'internal' });
    const pid = pidOf(pool);
    await expect(pool.request('toy.add', [1])).resolves.toBe(1);
    expect(pidOf(pool)).toBe(pid);
  });

  it('can be cancelled while it runs, and the host goes on', async () => {
    const pool = openPool(launcher());
    const abort = new AbortController();
    const call = pool.start('toy.block', {}, { signal: abort.signal, onProgress: () => abort.abort() });
    await expect(call.result).rejects.toMatchObject({ code: 'request-cancelled' });
    await call.settled;
    const pid = pidOf(pool);
    await expect(pool.request('toy.add', [1])).resolves.toBe(1);
    expect(pidOf(pool)).toBe(pid);
  });

  it('gets its credit while it blocks, and none of the call before', async () => {
    const pool = openPool(launcher());
    for (const bytes of [10, 20]) {
      const call = pool.start('toy.take', bytes);
      for (let granted = 0; granted < bytes; granted += 5) call.credit(5);
      await expect(call.result).resolves.toEqual({});
    }
  });

  it('is counted by the host', async () => {
    const pool = openPool(launcher());
    await pool.request('toy.add', [1]);
    await pool.request('toy.fail', 'known').catch(() => {});
    await expect(pool.request('host.stats', {})).resolves.toMatchObject({ calls: 2 });
  });

  it('fails with its host when that is killed while it answers', async () => {
    const pool = openPool(launcher());
    const killed = createDeferred<void>();
    const call = pool.start('toy.count', 1_000_000, {
      onProgress: ({ index }) => {
        if (index !== 10) return;
        process.kill(pidOf(pool) as number, 'SIGKILL');
        killed.resolve();
      },
    });
    await expect(call.result).rejects.toMatchObject({ code: 'host-exited', details: { request: 'toy.count' } });
    await killed.promise;
    await expect(pool.request('toy.add', [1])).resolves.toBe(1);
  });

  it('is left unanswered when its host is told to end', async () => {
    const pool = openPool(launcher());
    const call = pool.start('toy.block', {}, { onProgress: () => process.kill(pidOf(pool) as number, 'SIGTERM') });
    await expect(call.result).rejects.toMatchObject({ code: 'host-exited', details: { exitCode: 0 } });
  });
});

describe.skipIf(process.platform === 'win32')('a lane', () => {
  it('is the way that calls take', async () => {
    const sent: unknown[] = [];
    const watched: Launcher = {
      ...fork,
      launch: (options) => {
        const launched = fork.launch(options);
        for (const name of ['port', 'lane'] as const) {
          const way = launched[name];
          if (!way) continue;
          const { send } = way;
          vi.spyOn(way, 'send').mockImplementation((message) => {
            sent.push([name, message]);
            send(message);
          });
        }
        return launched;
      },
    };
    await openPool(watched).request('toy.add', [1]);
    expect(sent).toEqual([['lane', { kind: 'request', id: 0, method: 'toy.add', params: [1] }]]);
  });

  it('is not for the children of a host', async () => {
    await expect(openPool(fork).request('toy.env', 'ASIDE_LANE')).resolves.toBe('');
  });

  it('that says nonsense costs the host its life, and the call that it was at', async () => {
    const pool = openPool(fork);
    await expect(pool.request('toy.end', 'garbage')).rejects.toMatchObject({
      code: 'host-protocol',
      details: { got: expect.stringContaining('nonsense on the lane') },
    });
    await expect(pool.request('toy.add', [1])).resolves.toBe(1);
  });

  it('carries progress of a call that never lets its thread go', async () => {
    const abort = new AbortController();
    const call = openPool(fork).start('toy.block', {}, { signal: abort.signal, onProgress: () => abort.abort() });
    await expect(call.result).rejects.toMatchObject({ code: 'request-cancelled' });
  });
});
