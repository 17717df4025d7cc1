import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createForkLauncher } from '../../../main/hosts/fork-launcher.ts';
import type { Launcher } from '../../../main/hosts/launcher.ts';
import { bundleToyPools, type ToyPools } from '../../helpers/toy-pools.ts';

let pools: ToyPools;
beforeAll(async () => {
  pools = await bundleToyPools();
});
afterEach(() => pools.endAll());
afterAll(() => pools.remove());

/** `onSent` hears of what kind each message is that goes by a lane, when it has gone. */
function watchLanes(onSent: (kind: string) => void): Launcher {
  const fork = createForkLauncher();
  return {
    ...fork,
    launch: (options) => {
      const launched = fork.launch(options);
      const { lane } = launched;
      if (!lane) return launched;
      const { send } = lane;
      vi.spyOn(lane, 'send').mockImplementation((message) => {
        send(message);
        onSent((message as { kind: string }).kind);
      });
      return launched;
    },
  };
}

const numbers = Array.from({ length: 50 }, (_, index) => [index]);
const sums = numbers.map(([sum]) => sum);

/** There is no lane on Windows. */
describe.skipIf(process.platform === 'win32')('the next chunk of a map', { timeout: 60_000 }, () => {
  it('lies ready with the host that is at one, and is then told to begin', async () => {
    const sent: string[] = [];
    const pool = pools.open({ launcher: watchLanes((kind) => sent.push(kind)) });
    await expect(pool.map('toy.add', numbers, { chunkSize: 10 })).resolves.toEqual(sums);
    expect(sent).toEqual(['request', ...Array.from({ length: 4 }, () => ['ahead', 'begin']).flat()]);
  });

  it('is run by another host when the one that it lies with dies, and that was no attempt of its own', async () => {
    const sent: string[] = [];
    const assigned: number[] = [];
    const pool = pools.open({ launcher: watchLanes((kind) => sent.push(kind)) });
    // What is no way to end is refused when the call begins, and so tells that it did.
    const inputs = ['exit', 'exit', 'no way', 'no way', 'no way', 'no way'] as 'exit'[];
    const outcomes = await pool.map('toy.end', inputs, {
      chunkSize: 2,
      settled: true,
      onAssigned: (_, index) => assigned.push(index),
    });
    expect(sent.slice(0, 3)).toEqual(['request', 'ahead', 'request']);
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason)).toMatchObject([
      ...Array(2).fill({ code: 'host-exited', details: { request: 'toy.end' } }),
      ...Array(4).fill({ code: 'contract' }),
    ]);
    expect(assigned).toEqual([0, 2, 4]);
  });

  it('is run by a host that is free before the one that it lies with', async () => {
    const pids: number[] = [];
    const pool = pools.open({ size: 2, launcher: createForkLauncher() });
    const results = await pool.map('toy.add', numbers, {
      chunkSize: 10,
      onAssigned: (pid, index) => {
        pids.push(pid);
        if (index === 0) process.kill(pid, 'SIGSTOP');
        if (index === 40) process.kill(pids[0] as number, 'SIGCONT');
      },
    });
    expect(results).toEqual(sums);
    const [stopped, other] = pids;
    expect(other).not.toBe(stopped);
    expect(pids).toEqual([stopped, other, other, other, other]);
  });

  it('gives way to a call that is more urgent, and is then sent again', async () => {
    const sent: string[] = [];
    let urgent: Promise<number> | undefined;
    const launcher = watchLanes((kind) => {
      sent.push(kind);
      if (kind === 'ahead') urgent ??= pool.request('toy.add', [1, 2]);
    });
    const pool = pools.open({ launcher });
    const results = await pool.map('toy.add', numbers, { chunkSize: 25, priority: 'background' });
    expect(results).toEqual(sums);
    await expect(urgent).resolves.toBe(3);
    expect(sent).toEqual(['request', 'ahead', 'request', 'request']);
  });

  it('is forgotten where it lies when the map is cancelled and nothing follows', async () => {
    const cancel = new AbortController();
    let sent = 0;
    const forgotten = new Promise<void>((resolve) => {
      const launcher = watchLanes((kind) => {
        if (kind !== 'ahead') return;
        sent += 1;
        if (sent === 1) cancel.abort();
        else resolve(); // nothing in place of it
      });
      const pool = pools.open({ launcher });
      pool.map('toy.add', numbers, { chunkSize: 10, signal: cancel.signal }).catch(() => {});
    });
    await expect(forgotten).resolves.toBeUndefined();
  });

  it('is not begun when the map is cancelled, and its host is free for other calls', async () => {
    const cancel = new AbortController();
    const sent: string[] = [];
    const launcher = watchLanes((kind) => {
      sent.push(kind);
      if (kind === 'ahead') cancel.abort();
    });
    const pool = pools.open({ launcher });
    const cancelled = pool.map('toy.add', numbers, { chunkSize: 10, signal: cancel.signal });
    await expect(cancelled).rejects.toMatchObject({ code: 'request-cancelled' });
    await expect(pool.request('toy.add', [1, 2])).resolves.toBe(3);
    expect(sent).toEqual(['request', 'ahead', 'request']);
  });

  it('is left alone when it cannot be sent, until it is its turn', async () => {
    const inputs = [[1], [2], [() => {}]] as number[][];
    const outcomes = await pools.open().map('toy.add', inputs, { chunkSize: 2, settled: true });
    expect(outcomes).toMatchObject([{ value: 1 }, { value: 2 }, { reason: { code: 'refused' } }]);
  });
});
