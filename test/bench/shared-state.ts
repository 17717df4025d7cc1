import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { type HostProcess, type SharedArray, startProcess } from '../../main/hosts/hosts.ts';
import { runProcess } from '../../native-host/runtime/runtime.ts';
import { createSharedArray, openSharedArray } from '../../shared-state/shared-array.ts';
import { type Measure, measure } from './harness/measure.ts';
import { type BenchContext, runBench } from './harness/run-bench.ts';
import { percentile } from './harness/stats.ts';

/** What does it cost a child process to change a number that its parent sees, and to hand over a megabyte? */
const ROUNDS = 5;
const COUNTS = { memory: 1_000_000, call: 100_000, messages: 5_000 };
const MEGABYTE = 2 ** 20;
const COPIES = 20;

const NOTES = [
  `Each is done by a child process, ${ROUNDS} rounds, taking turns; the median. view: Atomics.add on the shared memory;`,
  'add: the same through add(); messages: add() by messages, one at a time. Baseline: multiprocessing.Value of the',
  'Python on this machine, `with v.get_lock(): v.value += 1` in a child, and a Manager().Value for messages. MB: write()',
  'of a megabyte of uint8 and read() of it. Baseline: the same megabyte to a child by its port and back.',
];

/** Microseconds. */
type Sample = 'view' | 'add' | 'messages' | 'memoryMegabyte' | 'messagesMegabyte';

async function run({ step, note }: BenchContext): Promise<Measure[]> {
  const samples: Record<Sample | 'port' | 'lock' | 'manager', number[]> = {
    view: [],
    add: [],
    messages: [],
    memoryMegabyte: [],
    messagesMegabyte: [],
    port: [],
    lock: [],
    manager: [],
  };
  const memory = await createSharedArray('int32', MEGABYTE / 4, { kind: 'memory' });
  const messages = await createSharedArray('int32', MEGABYTE / 4, { kind: 'messages' });
  const handles = [memory, messages].map(({ handle }) => JSON.stringify(handle));
  const child = await startProcess({
    module: new URL(import.meta.url),
    args: ['--child', ...handles],
    name: 'counter',
  });
  const hasPython = isThere('python3');
  step(`${ROUNDS} rounds${hasPython ? '' : ' without Python: there is no python3'}`);
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const told = (await ask(child, 'measure')) as Record<Sample, number>;
      for (const [name, us] of Object.entries(told)) samples[name as Sample].push(us);
      samples.port.push(await portMegabyteUs(child));
      if (!hasPython) continue;
      samples.lock.push(pythonUs('Value("i", 0)', 100_000));
      samples.manager.push(pythonUs('Manager().Value("i", 0)', 2_000));
    }
  } finally {
    await child.stop();
    for (const array of [memory, messages]) array.close();
  }
  for (const line of NOTES) note(line);
  const found = (name: string, us: number[], baseline: number[]): Measure =>
    measure({ name, unit: 'us', value: median(us), ...(baseline.length > 0 && { baseline: median(baseline) }) });
  return [
    found('view', samples.view, samples.lock),
    found('add', samples.add, samples.lock),
    found('messages', samples.messages, samples.manager),
    found('memory-MB', samples.memoryMegabyte, samples.port),
    found('messages-MB', samples.messagesMegabyte, samples.port),
  ];
}

const median = (values: readonly number[]): number => percentile(values, 0.5);

function ask(child: HostProcess, order: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.port.onMessage(resolve);
    child.port.onClose(reject);
    child.port.send(order);
  });
}

async function portMegabyteUs(child: HostProcess): Promise<number> {
  const bytes = new Uint8Array(MEGABYTE);
  return usOf(COPIES, () => ask(child, bytes));
}

async function usOf(count: number, deed: () => unknown): Promise<number> {
  const startedMs = performance.now();
  for (let left = count; left > 0; left -= 1) await deed();
  return ((performance.now() - startedMs) * 1_000) / count;
}

function isThere(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function pythonUs(value: string, count: number): number {
  const change = value.startsWith('Manager') ? 'v.value += 1' : 'with v.get_lock(): v.value += 1';
  const code = `
import time
from multiprocessing import Manager, Process, Queue, Value
def count(v, q):
  started = time.perf_counter()
  for _ in range(${count}):
    ${change}
  q.put((time.perf_counter() - started) * 1e6 / ${count})
v, q = ${value}, Queue()
p = Process(target=count, args=(v, q)); p.start(); print(q.get()); p.join()`;
  return Number(execFileSync('python3', ['-c', code], { encoding: 'utf8' }));
}

async function serveChild([memoryHandle = '', messagesHandle = '']: string[]): Promise<void> {
  await runProcess(async ({ port, signal }) => {
    const memory = await openSharedArray(JSON.parse(memoryHandle), 'int32');
    const messages = await openSharedArray(JSON.parse(messagesHandle), 'int32');
    const { view } = memory;
    if (!view) throw new Error('there is no shared memory here');
    const megabyte = new Int32Array(MEGABYTE / 4);
    const measureAll = async (): Promise<Record<Sample, number>> => {
      const startedMs = performance.now();
      for (let left = COUNTS.memory; left > 0; left -= 1) Atomics.add(view, 0, 1);
      const viewUs = ((performance.now() - startedMs) * 1_000) / COUNTS.memory;
      const copy = async (array: SharedArray<'int32'>): Promise<void> => {
        await array.write(megabyte);
        await array.read();
      };
      return {
        view: viewUs,
        add: await usOf(COUNTS.call, () => memory.add(0, 1)),
        messages: await usOf(COUNTS.messages, () => messages.add(0, 1)),
        memoryMegabyte: await usOf(COPIES, () => copy(memory)),
        messagesMegabyte: await usOf(COPIES, () => copy(messages)),
      };
    };
    port.onMessage(async (order) => port.send(order === 'measure' ? await measureAll() : order));
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    return 0;
  });
}

const [flag, ...handles] = process.argv.slice(2);
if (flag === '--child') await serveChild(handles);
else process.exitCode = await runBench({ name: 'shared-state', engines: [], run }, process.argv.slice(2), process);
