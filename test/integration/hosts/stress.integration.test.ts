import { getEventListeners } from 'node:events';
import process from 'node:process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HostPool, RetryPolicy, TaskOptions } from '../../../main/hosts/hosts.ts';
import { isAsideError } from '../../../protocol/errors.ts';
import { createRandom } from '../../bench/harness/random.ts';
import type { WorkContract } from '../../fixtures/models/work-contract.ts';
import { grown, inUse } from '../../helpers/in-use.ts';
import { isRunning } from '../../helpers/is-running.ts';
import { Storm } from '../../helpers/storm.ts';
import { bundleWorkPools, type WorkPools } from '../../helpers/work-pool.ts';
import { zombies } from '../../helpers/zombies.ts';

const CALLS = 1_000;
const HOSTS = 6;
const MAX_STRIKES = 80;
const MAX_WORK_MS = 8;
/** Far more than a call takes that is left alone, on any machine. */
const DEADLINE_MS = 2_500;
/** Another run of the same storm, as far as the system lets processes take their turns as before. */
const SEED = Number(process.env.STRESS_SEED ?? Date.now() % 2 ** 31);

type Answer = { readonly n: number; readonly pid: number };
type Outcome = PromiseSettledResult<Answer>;

/** What was seen of one call. */
interface Account {
  /** Hosts that took it. */
  readonly pids: number[];
  readonly retries: number;
  isCancelled: boolean;
  readonly outcomes: Outcome[];
}

const policies: readonly (RetryPolicy | undefined)[] = [
  undefined,
  { times: 1 },
  { times: 3, codes: ['host-exited', 'host-protocol', 'request-timeout'] },
];

/** Why the account of a call does not add up; null: it does. */
function faultOf(n: number, account: Account, struck: ReadonlyMap<number, unknown>): string | null {
  const { pids, retries, isCancelled, outcomes } = account;
  const [outcome] = outcomes;
  if (!outcome || outcomes.length !== 1) return `call ${n} has ${outcomes.length} outcomes`;
  if (outcome.status === 'fulfilled') {
    const { n: told, pid } = outcome.value;
    return told === n && pid === pids.at(-1) ? null : `call ${n} was answered ${told} by ${pid} of ${pids}`;
  }
  const { reason } = outcome;
  if (isAsideError(reason, 'request-cancelled') && isCancelled) return null;
  if (isAsideError(reason, 'request-timeout') && reason.details.request === 'native.sleep') return null;
  if (!isAsideError(reason, 'host-exited')) return `call ${n} failed without a reason: ${reason}`;
  const { pid, request } = reason.details;
  const isOurs = pid !== null && pid === pids.at(-1) && struck.has(pid) && request === 'native.sleep';
  if (!isOurs) return `call ${n} on ${pids} failed for a host that was left alone: ${reason.message}`;
  return pids.length > retries ? null : `call ${n} was tried ${pids.length} times, and ${retries} more were allowed`;
}

/** Makes all calls, a half one by one, a quarter each by `map` and by `imap`, and keeps account of them. */
class Workload {
  readonly accounts: Account[] = [];
  readonly signal = new AbortController().signal;
  readonly #pool: HostPool<WorkContract>;
  readonly #random: () => number;
  readonly #storm: Storm;
  readonly #settled: Promise<void>[] = [];

  constructor(pool: HostPool<WorkContract>, random: () => number, storm: Storm) {
    this.#pool = pool;
    this.#random = random;
    this.#storm = storm;
  }

  /** Resolves when each has its outcome and no host is at work on any. */
  async run(): Promise<void> {
    const half = CALLS / 2;
    const singles = Array.from({ length: half }, (_, n) => this.#callOne(n));
    await Promise.all([...singles, this.#map(half, CALLS / 4), this.#imap(half + CALLS / 4, CALLS / 4)]);
    await Promise.all(this.#settled);
  }

  async #callOne(n: number): Promise<void> {
    const retry = policies[n % policies.length];
    const account = this.#open(n, retry);
    const abort = n % 10 === 0 ? new AbortController() : null;
    const call = this.#pool.start('native.sleep', this.#inputOf(n), {
      timeoutMs: DEADLINE_MS,
      signal: abort?.signal ?? this.signal,
      ...(retry && { retry }),
      onAssigned: (pid) => this.#assigned(account, pid),
      onProgress: () => {
        this.#storm.turn();
        if (!abort || !(this.#random() < 0.5)) return;
        account.isCancelled = true;
        abort.abort();
      },
    });
    this.#settled.push(call.settled);
    await call.result.then(
      (value) => this.#close(account, { status: 'fulfilled', value }),
      (reason) => this.#close(account, { status: 'rejected', reason }),
    );
  }

  async #map(first: number, count: number): Promise<void> {
    const { inputs, options, accounts } = this.#task(first, count, policies[1]);
    const outcomes = await this.#pool.map('native.sleep', inputs, { ...options, settled: true });
    for (const outcome of outcomes) this.#close(accounts[outcome.index], outcome);
  }

  async #imap(first: number, count: number): Promise<void> {
    const { inputs, options, accounts } = this.#task(first, count, policies[2]);
    const outcomes = this.#pool.imapUnordered('native.sleep', inputs, { ...options, settled: true });
    for await (const outcome of outcomes) this.#close(accounts[outcome.index], outcome);
  }

  #task(first: number, count: number, retry: RetryPolicy | undefined) {
    const accounts = Array.from({ length: count }, (_, index) => this.#open(first + index, retry));
    const options: TaskOptions<unknown> = {
      timeoutMs: DEADLINE_MS,
      signal: this.signal,
      ...(retry && { retry }),
      onAssigned: (pid, index) => this.#assigned(accounts[index] as Account, pid),
      onProgress: () => this.#storm.turn(),
    };
    return { accounts, options, inputs: accounts.map((_, index) => this.#inputOf(first + index)) };
  }

  #inputOf(n: number): { n: number; workMs: number } {
    return { n, workMs: Math.floor(this.#random() * MAX_WORK_MS) };
  }

  #open(n: number, retry: RetryPolicy | undefined): Account {
    const account: Account = { pids: [], retries: retry?.times ?? 0, isCancelled: false, outcomes: [] };
    this.accounts[n] = account;
    return account;
  }

  #assigned(account: Account, pid: number): void {
    account.pids.push(pid);
    this.#storm.turn();
  }

  #close(account: Account | undefined, outcome: Outcome): void {
    account?.outcomes.push(outcome);
    this.#storm.turn();
  }
}

describe.skipIf(process.platform === 'win32')('under hosts that are killed, stopped and starved', () => {
  let pools: WorkPools;
  beforeAll(async () => {
    pools = await bundleWorkPools();
  });
  afterEach(() => pools.endAll());
  afterAll(() => pools.remove());

  it(`each of ${CALLS} calls has one outcome, and nothing is left (STRESS_SEED=${SEED})`, async () => {
    const before = inUse();
    const random = createRandom(SEED);
    const pool = pools.open({
      size: HOSTS,
      restartLimits: { maxRestarts: MAX_STRIKES, maxFailedStarts: MAX_STRIKES },
      startTimeoutMs: 10_000,
      endingDelays: { shutdownMs: 500, terminateMs: 500 },
    });
    const everyPid = new Set<number>();
    const pids = (): number[] => pool.status().flatMap(({ pid }) => pid ?? []);
    pool.onChange(() => {
      for (const pid of pids()) everyPid.add(pid);
    });
    const storm = new Storm({ pids, random, maxStrikes: MAX_STRIKES });
    const work = new Workload(pool, random, storm);
    await work.run();

    expect(work.accounts.map((account, n) => faultOf(n, account, storm.struck)).filter(Boolean)).toEqual([]);
    const { done, failed, cancelled, busy, queued } = pool.statistics();
    const fulfilled = work.accounts.filter(({ outcomes }) => outcomes[0]?.status === 'fulfilled').length;
    expect({ all: done + failed + cancelled, done, busy, queued }).toEqual({
      all: CALLS,
      done: fulfilled,
      busy: 0,
      queued: 0,
    });
    expect(new Set([...storm.struck.values()].flat())).toEqual(new Set(['kill', 'stop', 'pause', 'starve']));
    expect(getEventListeners(work.signal, 'abort')).toEqual([]);

    pool.close();
    await pool.join();
    expect([...everyPid].filter(isRunning)).toEqual([]);
    expect(zombies().filter((pid) => everyPid.has(pid))).toEqual([]);
    await new Promise(setImmediate); // one turn to close the handles of the last, one to have them closed
    await new Promise(setImmediate);
    expect(grown(before, inUse())).toEqual([]);
  });
});
