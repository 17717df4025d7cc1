import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createForkLauncher } from '../../../main/hosts/fork-launcher.ts';
import { createHostPool, type HostPool } from '../../../main/hosts/host-pool.ts';
import type { RetryPolicy } from '../../../main/hosts/retry-policy.ts';
import type { TaskOptions } from '../../../main/hosts/task-methods.ts';
import { createDeferred } from '../../../protocol/contract/deferred.ts';
import type { Params, Progress } from '../../../protocol/contract/define-contract.ts';
import { fixturePath } from '../../fixtures/hosts/fixture-path.ts';
import {
  MOMENTS,
  type Moment,
  type MortalContract,
  mortalContract,
  WAYS_TO_DIE,
  type WayToDie,
} from '../../fixtures/hosts/mortal-contract.ts';
import { createManualTimers } from '../../helpers/manual-timers.ts';

type Pool = HostPool<MortalContract>;
type Live = Params<MortalContract, 'life.live'>;
type Outcome = PromiseSettledResult<{ pid: number }>;
type Options = TaskOptions<Progress<MortalContract, 'life.live'>>;

const CALLS = 6;
const DEADLINE_MS = 1_000;
const GRACE_MS = 150;
const TRY_AGAIN: RetryPolicy = { times: 2, codes: ['host-exited', 'host-protocol', 'request-timeout'] };

/** The three ways to make many calls; what became of each, in the order of the inputs. */
const apis: Record<string, (pool: Pool, inputs: readonly Live[], options: Options) => Promise<Outcome[]>> = {
  'single calls': (pool, inputs, { readAhead, onProgress, onAssigned, ...options }) =>
    Promise.allSettled(
      inputs.map((input, index) =>
        pool.apply('life.live', input, {
          ...options,
          onProgress: (item) => onProgress?.(item, index),
          onAssigned: (pid) => onAssigned?.(pid, index),
        }),
      ),
    ),
  map: (pool, inputs, options) => pool.map('life.live', inputs, { ...options, settled: true }),
  imap: async (pool, inputs, options) => {
    const outcomes: Outcome[] = [];
    for await (const outcome of pool.imap('life.live', inputs, { ...options, settled: true })) outcomes.push(outcome);
    return outcomes;
  },
};

/** What the caller is told of a host that went in that way with its call. */
const tellsOf: Record<WayToDie, (pid: number) => object> = {
  signal: (pid) => exited({ pid, exitCode: null, signal: 'SIGSEGV' }),
  exit: (pid) => exited({ pid, exitCode: 3, signal: null }),
  hang: () => ({
    code: 'request-timeout',
    details: { request: 'life.live', limit: 'deadline', timeoutMs: DEADLINE_MS },
  }),
  garbage: (pid) => ({ code: 'host-protocol', details: { pid } }),
  'closed channel': (pid) => exited({ pid, exitCode: null, signal: 'SIGKILL' }),
  outside: (pid) => exited({ pid, exitCode: null, signal: 'SIGKILL' }),
};

const exited = (how: object): object => ({ code: 'host-exited', details: { ...how, request: 'life.live' } });

interface Mortals {
  readonly pool: Pool;
  /** Makes calls of which the one at `index` is the death of its host, once; `pid` is the host that had it first. */
  run(api: string, index: number, retry: RetryPolicy | null): Promise<{ outcomes: Outcome[]; pid: number }>;
}

function openMortals(size: number, way: WayToDie, at: Moment): Mortals {
  const timers = createManualTimers();
  const folder = mkdtempSync(join(tmpdir(), 'mortal-'));
  const pool = createHostPool({
    contract: mortalContract,
    engine: 'mortal',
    launcher: createForkLauncher(),
    entryPath: fixturePath('mortal'),
    args: [],
    size,
    cancelGraceMs: GRACE_MS,
    timers,
    now: timers.now,
  });
  onTestFinished(async () => {
    await pool.terminate();
    rmSync(folder, { recursive: true });
  });
  return {
    pool,
    run: async (api, index, retry) => {
      const unless = join(folder, api);
      const inputs = Array.from({ length: CALLS }, (_, each) => ({
        death: each === index ? { way, at, unless } : null,
      }));
      const isRunning = createDeferred<void>();
      let first = 0;
      const strike = (moment: Moment): void => {
        if (moment === at && moment === 'running') isRunning.resolve();
        if (way !== 'outside' || moment !== at) return;
        writeFileSync(unless, '');
        process.kill(first, 'SIGKILL');
      };
      const outcomes = (apis[api] as (typeof apis)[string])(pool, inputs, {
        timeoutMs: DEADLINE_MS,
        readAhead: CALLS, // what hangs holds up nothing but its own place
        ...(retry && { retry }),
        onAssigned: (pid, each) => {
          if (each !== index || first !== 0) return;
          first = pid;
          strike('sent');
        },
        onProgress: (item, each) => each === index && pool.statistics().retries === retriesBefore && strike(item.at),
      });
      const retriesBefore = pool.statistics().retries;
      if (way === 'hang') {
        // With two hosts the other does all the rest; with one nothing goes on.
        const done = size === 2 ? CALLS - 1 : at === 'answering' ? index + 1 : index;
        await Promise.all([isStuck(pool, done), at === 'running' ? isRunning.promise : undefined]);
        timers.advance(DEADLINE_MS);
        await new Promise(setImmediate);
        timers.advance(GRACE_MS);
      }
      return { outcomes: await outcomes, pid: first };
    },
  };
}

/** Resolves when so many further calls are done and one runs, which is at the hung host. */
function isStuck(pool: Pool, further: number): Promise<void> {
  const done = pool.statistics().done + further;
  return new Promise((resolve) => {
    const stop = pool.onChange(() => {
      const now = pool.statistics();
      if (now.done !== done || now.busy !== 1) return;
      stop();
      resolve();
    });
  });
}

const statuses = (outcomes: readonly Outcome[]): string[] => outcomes.map(({ status }) => status);
const allFulfilled = Array(CALLS).fill('fulfilled');

describe.each(WAYS_TO_DIE)('a host that goes by way of %s', { timeout: 60_000 }, (way) => {
  it.each(['sent', 'running'] as const)(
    'with its call %s takes that call with it, says why, and no other',
    async (at) => {
      const { run } = openMortals(2, way, at);
      for (const api of Object.keys(apis)) {
        const { outcomes, pid } = await run(api, 1, null);
        expect([api, statuses(outcomes)]).toEqual([api, allFulfilled.with(1, 'rejected')]);
        expect((outcomes[1] as PromiseRejectedResult).reason).toMatchObject(tellsOf[way](pid));
      }
    },
  );

  it.each(MOMENTS)('with its call %s makes no caller fail where calls are tried again', async (at) => {
    // That a host hangs after its answer shows only in its next call, which the other host might have.
    const { run, pool } = openMortals(way === 'hang' && at === 'answering' ? 1 : 2, way, at);
    for (const api of Object.keys(apis)) {
      const { outcomes } = await run(api, 1, TRY_AGAIN);
      expect([api, statuses(outcomes)]).toEqual([api, allFulfilled]);
    }
    const { failed, cancelled, done } = pool.statistics();
    expect({ failed, cancelled, done }).toEqual({ failed: 0, cancelled: 0, done: 3 * CALLS });
  });

  it('does no harm to calls that wait', async () => {
    const { run } = openMortals(1, way, 'running');
    for (const api of Object.keys(apis)) {
      const { outcomes, pid } = await run(api, 0, null);
      expect([api, statuses(outcomes)]).toEqual([api, allFulfilled.with(0, 'rejected')]);
      const others = outcomes.slice(1).map((outcome) => (outcome as PromiseFulfilledResult<{ pid: number }>).value.pid);
      expect(others).not.toContain(pid);
    }
  });
});
