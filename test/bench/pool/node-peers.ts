import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Tinypool } from 'tinypool';
import workerpool from 'workerpool';
import { cleanUpLater } from '../harness/cleanup.ts';
import { programPath } from '../harness/program-path.ts';
import { elapsedOf } from './contender.ts';
import type { PromisedPeer, Workers } from './promised-calls.ts';

/** A child process and its channel, nothing else: what there is without a pool. */
export const rawFork: PromisedPeer = {
  name: 'fork',
  mapCount: 100_000,
  window: 200,
  open: (size) => {
    const children = Array.from({ length: size }, openChild);
    let turn = 0;
    return {
      call: (name, params) => (children[turn++ % size] as RawChild).call(name, params),
      close: async () => {
        for (const { child } of children) child.kill('SIGKILL');
      },
    };
  },
  start: async () => {
    let child: ChildProcess | undefined;
    const elapsedMs = await elapsedOf(async () => {
      child = forkProgram('empty-child');
      await once(child, 'message');
    });
    child?.kill('SIGKILL');
    return elapsedMs;
  },
};

interface RawChild {
  readonly child: ChildProcess;
  readonly call: Workers['call'];
}

function openChild(): RawChild {
  const child = forkProgram('raw-fork-child');
  const waiting = new Map<number, (result: unknown) => void>();
  let nextId = 0;
  child.on('message', (message: 'ready' | { id: number; result: unknown }) => {
    if (message === 'ready') return;
    waiting.get(message.id)?.(message.result);
    waiting.delete(message.id);
  });
  return {
    child,
    call: (name, params) =>
      new Promise((resolve) => {
        const id = nextId++;
        waiting.set(id, resolve);
        child.send({ id, name, params }, () => {}); // a child that has gone does not answer: that is what it does
      }),
  };
}

function forkProgram(name: string): ChildProcess {
  const child = fork(programPath(name), [], { serialization: 'advanced', execArgv: [] });
  child.once(
    'exit',
    cleanUpLater(() => child.kill('SIGKILL')),
  );
  return child;
}

export const tinypool: PromisedPeer = {
  name: 'tinypool',
  mapCount: 20_000,
  open: (size) => {
    const pool = openTinypool(size);
    return { call: (name, params) => pool.run({ name, params }), close: () => pool.destroy() };
  },
  start: async () => {
    let pool: Tinypool | undefined;
    const elapsedMs = await elapsedOf(async () => {
      pool = openTinypool(1);
      await pool.run({ name: 'negate', params: 1 }); // it tells in no other way that a worker is there
    });
    await pool?.destroy();
    return elapsedMs;
  },
};

function openTinypool(size: number): Tinypool {
  return new Tinypool({
    filename: programPath('tinypool-child'),
    runtime: 'child_process',
    serialization: 'advanced',
    minThreads: size,
    maxThreads: size,
  });
}

export const workerpoolPeer: PromisedPeer = {
  name: 'workerpool',
  mapCount: 20_000,
  open: (size) => {
    const pool = openWorkerpool(size);
    return {
      call: (name, params) => Promise.resolve(pool.exec(name, [params])),
      close: async () => {
        await pool.terminate(true);
      },
    };
  },
  start: async () => {
    let pool: ReturnType<typeof openWorkerpool> | undefined;
    const elapsedMs = await elapsedOf(async () => {
      pool = openWorkerpool(1);
      await pool.exec('negate', [1]);
    });
    await pool?.terminate(true);
    return elapsedMs;
  },
};

function openWorkerpool(size: number): ReturnType<typeof workerpool.pool> {
  return workerpool.pool(programPath('workerpool-child'), {
    workerType: 'process',
    forkOpts: { serialization: 'advanced' },
    minWorkers: size,
    maxWorkers: size,
  });
}
