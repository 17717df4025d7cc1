import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { exitsOf, type HostProcess, startProcess } from '../../../main/hosts/hosts.ts';
import { createRandom } from '../../bench/harness/random.ts';
import { bundleModel } from '../../helpers/bundle-model.ts';
import type { BundledProgram } from '../../helpers/bundle-program.ts';
import { isRunning } from '../../helpers/is-running.ts';
import { createProcessKeeper } from '../../helpers/models.ts';
import { zombies } from '../../helpers/zombies.ts';

/**
 *     for i in range(n):
 *         if os.fork() == 0: child(i)
 *     for i in range(n): pid, status = os.wait()
 */
let program: BundledProgram;
const { keep, killAll } = createProcessKeeper();

beforeAll(async () => {
  program = await bundleModel('obedient');
});
afterEach(killAll);
afterAll(() => program.remove());

async function startMany(count: number): Promise<HostProcess[]> {
  const module = program.path;
  const numbers = Array.from({ length: count }, (_, index) => index);
  const starts = numbers.map((index) => startProcess({ module, name: `child ${index}` }));
  return (await Promise.all(starts)).map(keep);
}

describe.each([1, 3, 12])('%i forks', { timeout: 60_000 }, (count) => {
  it('run at the same time, end in any order, and are each told of once', async () => {
    const children = await startMany(count);
    await Promise.all(children.map(({ running }) => running));
    expect(children.map(({ pid }) => isRunning(pid))).toEqual(Array(count).fill(true));
    expect(new Set(children.map(({ pid }) => pid)).size).toBe(count);

    const order = shuffled(children);
    const end = (index: number): void => order[index]?.port.send({ do: 'return', code: index });
    const told: [string, number | null][] = [];
    end(0);
    for await (const { name, exitCode } of exitsOf(children)) {
      told.push([name, exitCode]);
      end(told.length);
    }
    expect(told).toEqual(order.map(({ name }, index) => [name, index]));
  });

  it('are told of however they end, and leave no zombie', async () => {
    const children = await startMany(count);
    await Promise.all(children.map(({ running }) => running));
    for (const [index, child] of children.entries()) {
      if (index % 3 === 0) child.port.send({ do: 'return', code: 0 });
      if (index % 3 === 1) child.port.send({ do: 'raise', signal: 'SIGSEGV' });
      if (index % 3 === 2) child.kill();
    }
    const told = new Map<string, string>();
    for await (const { name, reason } of exitsOf(children)) told.set(name, reason);
    const reasons = ['clean', 'crashed', 'killed'];
    expect(told).toEqual(new Map(children.map(({ name }, index) => [name, reasons[index % 3] as string])));
    expect(children.filter(({ pid }) => isRunning(pid))).toEqual([]);
    if (process.platform === 'linux') expect(zombies()).toEqual([]);
  });
});

function shuffled<T>(items: readonly T[]): T[] {
  const random = createRandom(7);
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
