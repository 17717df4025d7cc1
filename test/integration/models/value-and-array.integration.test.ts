import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setImmediate as turn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createSharedArray,
  type ElementType,
  type HostProcess,
  openSharedArray,
  type SharedArray,
  type SharingKind,
  startProcess,
} from '../../../main/hosts/hosts.ts';
import type { SharerOrder } from '../../fixtures/models/sharer.ts';
import { bundleModel } from '../../helpers/bundle-model.ts';
import type { BundledProgram } from '../../helpers/bundle-program.ts';
import { errorOf } from '../../helpers/error-of.ts';
import { createProcessKeeper } from '../../helpers/models.ts';

/**
 *     num = Value('d', 0.0); arr = Array('i', range(10))
 *     p = Process(target=f, args=(num, arr)); p.start(); p.join()
 *     num.value == 3.1415926535897931; arr[:] == [0, -1, -2, …]
 */
const kinds: readonly SharingKind[] = ['memory', 'messages'];
let program: BundledProgram;
let creator: BundledProgram;
const { keep, killAll } = createProcessKeeper();
const opened: { close(): void }[] = [];

beforeAll(async () => {
  [program, creator] = await Promise.all([bundleModel('sharer'), bundleModel('creates-and-waits')]);
});
afterEach(async () => {
  for (const array of opened.splice(0)) array.close();
  await killAll();
});
afterAll(() => {
  program.remove();
  creator.remove();
});

async function create<T extends ElementType, K extends SharingKind>(
  type: T,
  length: number,
  kind: K,
): Promise<SharedArray<T, K>> {
  const array = await createSharedArray(type, length, { kind });
  opened.push(array);
  return array;
}

async function startSharer(...arrays: { handle: unknown }[]): Promise<HostProcess> {
  const module = program.path;
  const args = arrays.map(({ handle }) => JSON.stringify(handle));
  return keep(await startProcess({ module, args, onLine: () => {} }));
}

async function tell(sharer: HostProcess, order: SharerOrder): Promise<unknown> {
  const answer = new Promise<unknown>((resolve, reject) => {
    sharer.port.onMessage(resolve);
    sharer.port.onClose(reject);
  });
  sharer.port.send(order);
  return answer;
}

describe.each(kinds)('Value and Array, by %s', { timeout: 60_000 }, (kind) => {
  it('are what the example of the documentation says', async () => {
    const num = await create('float64', 1, kind);
    const arr = await create('int32', 10, kind);
    await arr.write(Array.from({ length: 10 }, (_, index) => index));
    const p = await startSharer(num, arr);
    await tell(p, { do: 'negate' });
    expect(await num.read()).toEqual(new Float64Array([Math.PI]));
    expect(await arr.read()).toEqual(new Int32Array([0, -1, -2, -3, -4, -5, -6, -7, -8, -9]));
  });

  it('lose no count, however many count at once', async () => {
    const counter = await create('int32', 2, kind);
    const times = kind === 'memory' ? 300_000 : 300;
    const sharers = await Promise.all([startSharer(counter), startSharer(counter)]);
    // They begin when both are there.
    const counted = sharers.map((sharer) => tell(sharer, { do: 'count', times, with: 2 }));
    for (let mine = 0; mine < times / 10; mine += 1) await counter.add(0, 1);
    await Promise.all(counted);
    expect(await counter.read()).toEqual(new Int32Array([2.1 * times, 2]));
  });

  it('are not kept by who dies with them: no lock is left held, and nothing else', async () => {
    const counter = await create('int32', 1, kind);
    const sharer = await startSharer(counter);
    void tell(sharer, { do: 'countForEver' }).catch(() => {});
    await turnUntil(sharer, async () => ((await counter.read())[0] ?? 0) >= 1_000);
    sharer.kill();
    await sharer.exited;
    const last = await counter.add(0, 5);
    expect(await counter.read()).toEqual(new Int32Array([last + 5]));
  });

  it('can be exchanged, and exchanged if they are what they were', async () => {
    const value = await create('int32', 2, kind);
    const other = await openSharedArray(value.handle, 'int32');
    opened.push(other);
    expect([await other.add(1, 7), await other.exchange(1, 9), await value.exchange(1, 4)]).toEqual([0, 7, 9]);
    expect([await other.compareExchange(1, 3, 5), await other.compareExchange(1, 4, 5)]).toEqual([4, 4]);
    expect(await value.read()).toEqual(new Int32Array([0, 5]));
  });

  it('are read and written in part, and nowhere else', async () => {
    const array = await create('uint8', 5, kind);
    const other = await openSharedArray(array.handle, 'uint8');
    opened.push(other);
    for (const each of [array, other]) {
      await each.write([1, 2, 259], 1);
      expect(await each.read(2)).toEqual(new Uint8Array([2, 3, 0]));
      expect(await each.read(0, 2)).toEqual(new Uint8Array([0, 1]));
      for (const wrong of [each.read(0, 6), each.read(-1), each.read(3, 2), each.write([1, 2], 4), each.read(0.5)])
        await expect(wrong).rejects.toThrow(RangeError);
    }
  });

  it('hold megabytes', async () => {
    const bytes = Uint8Array.from({ length: 3_000_000 }, (_, index) => index % 251);
    const array = await create('uint8', bytes.length, kind);
    const other = await openSharedArray(array.handle, 'uint8');
    opened.push(other);
    await other.write(bytes);
    expect(Buffer.compare(await array.read(), bytes)).toBe(0);
    expect(Buffer.compare(await other.read(), bytes)).toBe(0);
  });

  it('are refused to who takes them for something else', async () => {
    const array = await create('int32', 2, kind);
    expect(await errorOf(openSharedArray(array.handle, 'float64'))).toMatchObject({
      code: 'contract',
      details: { path: 'handle.type', expected: 'float64', got: 'int32' },
    });
    expect((await errorOf(openSharedArray({ ...array.handle, kind: 'wire' }, 'int32'))).code).toBe('contract');
    const wrong = { port: 1, token: '0'.repeat(64), address: '/etc/passwd' };
    const handle = Object.fromEntries(
      Object.entries(array.handle).map(([key, value]) => [key, Reflect.get(wrong, key) ?? value]),
    );
    expect((await errorOf(openSharedArray(handle, 'int32'))).code).toBe('disconnected');
  });

  it('are gone when their creator closes them, and when it is killed; nothing is left in the file system', async () => {
    const array = await create('int32', 2, kind);
    array.close();
    array.close();
    expect((await errorOf(openSharedArray(array.handle, 'int32'))).code).toBe('disconnected');

    const parent = spawn(process.execPath, [creator.path, kind], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const handle = JSON.parse(await firstLine(parent));
      const other = await openSharedArray(handle, 'int32');
      opened.push(other);
      await other.write([1, 2, 3, 4]);
      parent.kill('SIGKILL');
      await once(parent, 'exit');
      expect((await errorOf(openSharedArray(handle, 'int32'))).code).toBe('disconnected');
      // Who has the memory open keeps it; who has to ask is told.
      if (kind === 'memory') expect(await other.read()).toEqual(new Int32Array([1, 2, 3, 4]));
      else expect((await errorOf(other.read())).code).toBe('disconnected');
    } finally {
      parent.kill('SIGKILL');
    }
    expect(leftOvers()).toEqual([]);
  });
});

/** Looks again and again; throws when the process that is to make it true has ended. */
async function turnUntil(sharer: HostProcess, isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    if (!sharer.isAlive) throw new Error(`${sharer.name} ended: ${JSON.stringify(await sharer.exited)}`);
    await turn();
  }
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of stdout ?? []) {
    text += String(chunk);
    if (text.includes('\n')) return text;
  }
  throw new Error(`it said no more than ${JSON.stringify(text)}`);
}

function leftOvers(): string[] {
  const folders = [tmpdir(), ...(process.platform === 'linux' ? ['/dev/shm'] : [])];
  return folders.flatMap((folder) => readdirSync(folder)).filter((name) => name.startsWith('aside-shared'));
}

describe('shared memory', { timeout: 60_000 }, () => {
  it('is seen by both at the same time, also by a process that blocks', async () => {
    const place = await create('int32', 1, 'memory');
    const sharer = await startSharer(place);
    const met = tell(sharer, { do: 'meet' });
    // The other turns round without an event loop; no message could reach it there.
    await turnUntil(sharer, async () => Atomics.load(place.view, 0) === 1);
    Atomics.store(place.view, 0, 2);
    expect(await met).toEqual({ done: 'meet' });
  });

  it.runIf(process.platform === 'linux')('cannot be cut off under the others (Linux)', async () => {
    const array = await create('int32', 4, 'memory');
    const sharer = await startSharer(array);
    expect(await tell(sharer, { do: 'cutOff' })).toEqual({ done: 'EPERM' });
    expect(await array.read()).toHaveLength(4);
  });

  it.runIf(process.platform === 'linux')('is unmapped when nobody can look at it any more (Linux)', async () => {
    const parent = await bundleModel('maps-much');
    try {
      const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', parent.path]);
      expect(JSON.parse(stdout)).toEqual({ before: 50, after: 0 });
    } finally {
      parent.remove();
    }
  });
});
