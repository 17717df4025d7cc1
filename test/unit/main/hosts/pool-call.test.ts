import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { PoolCall, type PoolCallOptions } from '../../../../main/hosts/pool-call.ts';
import type { Call, CallOptions } from '../../../../protocol/contract/call.ts';
import { createDeferred } from '../../../../protocol/contract/deferred.ts';
import { AsideError } from '../../../../protocol/errors.ts';
import { errorOf } from '../../../helpers/error-of.ts';
import { settle } from '../../../helpers/fake-launcher.ts';

const closed = new AsideError('disconnected', 'closed', { details: {} });
const exited = new AsideError('host-exited', 'died', {
  details: { pid: 1, exitCode: null, signal: 'SIGKILL', request: 'echo.say', stderrTail: [] },
});

interface Hosted {
  /** What the host was given to listen with. */
  readonly options: CallOptions<unknown>;
  readonly credits: number[];
  /** How often it was told to stop. */
  readonly cancels: () => number;
  readonly outcome: ReturnType<typeof createDeferred<unknown>>;
  readonly settled: ReturnType<typeof createDeferred<void>>;
}

function assignTo(poolCall: PoolCall, pid = 1): Hosted {
  const credits: number[] = [];
  let cancels = 0;
  const outcome = createDeferred<unknown>();
  const settled = createDeferred<void>();
  let options: CallOptions<unknown> = {};
  poolCall.assign(pid, (given): Call<unknown> => {
    options = given;
    return {
      result: outcome.promise,
      settled: settled.promise,
      credit: (bytes) => credits.push(bytes),
      cancel: () => {
        cancels += 1;
      },
    };
  });
  return { options, credits, cancels: () => cancels, outcome, settled };
}

interface Owned {
  readonly poolCall: PoolCall;
  /** What its owner heard, in order. */
  readonly heard: string[];
}

function create(options: PoolCallOptions<unknown> = {}): Owned {
  const heard: string[] = [];
  const owner = {
    onOver: (_: PoolCall, how: string) => heard.push(how),
    onRetry: () => heard.push('retry'),
  };
  return { poolCall: new PoolCall('echo.say', { a: 1 }, options, owner), heard };
}

async function isSettled(call: { readonly settled: Promise<void> }): Promise<boolean> {
  let isIt = false;
  void call.settled.then(() => {
    isIt = true;
  });
  await settle();
  return isIt;
}

describe('a call in a pool', () => {
  it('is for a listener unless it says otherwise', () => {
    expect(create().poolCall.rank).toBe(0);
    expect(create({ priority: 'background' }).poolCall.rank).toBe(-100);
    expect(create({ priority: 7 }).poolCall.rank).toBe(7);
  });

  it('is removed when it is cancelled while it waits, and is settled then', async () => {
    const abort = new AbortController();
    const { poolCall, heard } = create({ signal: abort.signal });
    abort.abort();
    expect([heard, poolCall.stage]).toEqual([['cancelled'], 'over']);
    expect(await errorOf(poolCall.result)).toMatchObject({
      code: 'request-cancelled',
      details: { request: 'echo.say' },
    });
    expect(await isSettled(poolCall)).toBe(true);
  });

  it('is over at once when it is cancelled while it runs, and settles with its host', async () => {
    const abort = new AbortController();
    const { poolCall } = create({ signal: abort.signal });
    const { cancels, settled } = assignTo(poolCall);
    expect(poolCall.stage).toBe('running');
    abort.abort();
    expect([poolCall.stage, cancels()]).toEqual(['over', 1]);
    expect((await errorOf(poolCall.result)).code).toBe('request-cancelled');
    expect(await isSettled(poolCall)).toBe(false);
    settled.resolve();
    expect(await isSettled(poolCall)).toBe(true);
  });

  it('is cancelled by hand as by its signal, once, and not when it is over', async () => {
    const { poolCall, heard } = create();
    const { cancels, outcome } = assignTo(poolCall);
    poolCall.cancel();
    poolCall.cancel();
    expect([cancels(), heard]).toEqual([1, ['cancelled']]);
    outcome.resolve('late');
    expect((await errorOf(poolCall.result)).code).toBe('request-cancelled');
    const done = create();
    const hosted = assignTo(done.poolCall);
    hosted.outcome.resolve('answer');
    await done.poolCall.result;
    done.poolCall.cancel();
    expect([hosted.cancels(), done.heard]).toEqual([0, ['done']]);
  });

  it('knows its stage and its process', async () => {
    const { poolCall } = create();
    const where = (): unknown[] => [poolCall.stage, poolCall.pid, poolCall.attempts];
    expect(where()).toEqual(['waiting', null, 0]);
    const hosted = assignTo(poolCall, 42);
    expect(where()).toEqual(['running', 42, 1]);
    hosted.outcome.resolve('answer');
    await poolCall.result;
    expect(where()).toEqual(['over', 42, 1]);
  });

  it('leaves no listener at the signal, however it ends', async () => {
    const { signal } = new AbortController();
    const waiting = create({ signal }).poolCall;
    const assigned = create({ signal }).poolCall;
    waiting.fail(closed);
    assignTo(assigned).outcome.resolve('answer');
    await errorOf(waiting.result);
    await settle();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('waits at a signal with one listener, however many wait there', async () => {
    const abort = new AbortController();
    const calls = Array.from({ length: 100 }, () => create({ signal: abort.signal }));
    expect(getEventListeners(abort.signal, 'abort')).toHaveLength(1);
    calls[0]?.poolCall.fail(closed);
    abort.abort();
    const codes = await Promise.all(calls.map(async ({ poolCall }) => (await errorOf(poolCall.result)).code));
    expect(codes).toEqual(['disconnected', ...Array(99).fill('request-cancelled')]);
    expect(calls.map(({ heard }) => heard.length)).toEqual(Array(100).fill(1));
    expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
  });

  it('tells which process has taken it, before anything else of that host', () => {
    const order: unknown[] = [];
    const { poolCall } = create({ onAssigned: (pid) => order.push(pid) });
    poolCall.assign(42, () => {
      order.push('started');
      return { result: new Promise(() => {}), settled: new Promise(() => {}), credit: () => {}, cancel: () => {} };
    });
    expect(order).toEqual([42, 'started']);
  });

  it('is given to no host when it is cancelled as its caller hears of one', async () => {
    const { poolCall, heard } = create({ onAssigned: () => poolCall.cancel() });
    const start = (): never => {
      throw new Error('it was started');
    };
    expect(poolCall.assign(42, start)).toBe(false);
    expect((await errorOf(poolCall.result)).code).toBe('request-cancelled');
    expect([heard, await isSettled(poolCall)]).toEqual([['cancelled'], true]);
  });

  it('hands over limits, and keeps what is the pool’s own', () => {
    const { poolCall } = create({
      signal: new AbortController().signal,
      timeoutMs: 5,
      progressTimeoutMs: null,
      priority: 'background',
      retry: { times: 1 },
      onAssigned: () => {},
      onRetry: () => {},
    });
    expect(assignTo(poolCall).options).toEqual({ timeoutMs: 5, progressTimeoutMs: null });
  });

  it('keeps credit until it has a host, then passes it on', () => {
    const { poolCall } = create();
    poolCall.credit(3);
    poolCall.credit(4);
    const { credits } = assignTo(poolCall);
    poolCall.credit(5);
    expect(credits).toEqual([7, 5]);
  });

  it('grants a host no credit that nobody gave', () => {
    expect(assignTo(create().poolCall).credits).toEqual([]);
  });

  it('ends as its host says', async () => {
    const { poolCall } = create();
    const hosted = assignTo(poolCall);
    hosted.outcome.resolve('answer');
    expect(await poolCall.result).toBe('answer');
    expect(await isSettled(poolCall)).toBe(false);
    hosted.settled.resolve();
    expect(await isSettled(poolCall)).toBe(true);
  });

  it('fails at once when the pool says so, hears nothing more, and settles with its host', async () => {
    const items: unknown[] = [];
    const { poolCall } = create({ onProgress: (item) => items.push(item) });
    const hosted = assignTo(poolCall);
    hosted.options.onProgress?.('heard');
    poolCall.fail(closed);
    hosted.options.onProgress?.('not heard');
    hosted.outcome.resolve('too late');
    expect(await errorOf(poolCall.result)).toBe(closed);
    expect([items, await isSettled(poolCall)]).toEqual([['heard'], false]);
    hosted.settled.resolve();
    expect(await isSettled(poolCall)).toBe(true);
  });
});

describe('a call whose callback throws', () => {
  const mistake = new Error('a mistake');
  const failing = (): never => {
    throw mistake;
  };
  const named = (callback: string): object => ({
    code: 'callback',
    message: `echo.say was ended: its ${callback} threw: a mistake`,
    remedy: `Mend that ${callback}, or catch in it what it throws.`,
    details: { request: 'echo.say', callback },
    cause: mistake,
  });

  it('is given to no host when it does so as it hears of one', async () => {
    const { poolCall, heard } = create({ onAssigned: failing });
    expect(poolCall.assign(42, () => expect.unreachable())).toBe(false);
    expect(await errorOf(poolCall.result)).toMatchObject(named('onAssigned'));
    expect([heard, await isSettled(poolCall)]).toEqual([['failed'], true]);
  });

  it('is cancelled at its host when it does so at its progress, and settles with the host', async () => {
    let told = 0;
    const onProgress = (): never => {
      told += 1;
      return failing();
    };
    const { poolCall, heard } = create({ onProgress });
    const { options, cancels, settled } = assignTo(poolCall);
    options.onProgress?.('first');
    options.onProgress?.('second');
    expect(await errorOf(poolCall.result)).toMatchObject(named('onProgress'));
    expect([heard, cancels(), told, await isSettled(poolCall)]).toEqual([['failed'], 1, 1, false]);
    settled.resolve();
    expect(await isSettled(poolCall)).toBe(true);
  });

  it('is not tried again when it does so as it hears of that', async () => {
    const { poolCall, heard } = create({ retry: { times: 1 }, onRetry: failing });
    const { outcome, settled } = assignTo(poolCall);
    outcome.reject(exited);
    settled.resolve();
    expect(await errorOf(poolCall.result)).toMatchObject(named('onRetry'));
    expect([heard, await isSettled(poolCall)]).toEqual([['failed'], true]);
  });
});

describe('a call that is tried again', () => {
  it('waits once more, runs on another host, and is answered by that one', async () => {
    const retries: unknown[] = [];
    const { poolCall, heard } = create({
      retry: { times: 1 },
      onRetry: (error, attempts) => retries.push([error, attempts]),
    });
    const first = assignTo(poolCall, 1);
    first.outcome.reject(exited);
    first.settled.resolve();
    await settle();
    expect([heard, retries, poolCall.stage, poolCall.pid]).toEqual([['retry'], [[exited, 1]], 'waiting', 1]);
    expect(await isSettled(poolCall)).toBe(false);
    const second = assignTo(poolCall, 2);
    second.outcome.resolve('answer');
    expect(await poolCall.result).toBe('answer');
    expect([heard, poolCall.pid, poolCall.attempts]).toEqual([['retry', 'done'], 2, 2]);
  });

  it('is failed by the last host that it may have', async () => {
    const { poolCall, heard } = create({ retry: { times: 1 } });
    const failed = errorOf(poolCall.result);
    for (const pid of [1, 2]) {
      assignTo(poolCall, pid).outcome.reject(exited);
      await settle();
    }
    expect(await failed).toBe(exited);
    expect([heard, poolCall.attempts]).toEqual([['retry', 'failed'], 2]);
  });

  it('is granted all its credit once more', async () => {
    const { poolCall } = create({ retry: { times: 1 } });
    poolCall.credit(3);
    const first = assignTo(poolCall);
    poolCall.credit(4);
    first.outcome.reject(exited);
    await settle();
    poolCall.credit(1);
    expect([first.credits, assignTo(poolCall).credits]).toEqual([[3, 4], [8]]);
  });

  it('settles only when each host that had it is done with it', async () => {
    const { poolCall } = create({ retry: { times: 1, codes: ['request-timeout'] } });
    const slow = assignTo(poolCall);
    const details = { request: 'echo.say', limit: 'deadline', timeoutMs: 1 } as const;
    slow.outcome.reject(new AsideError('request-timeout', 'slow', { details }));
    await settle();
    const second = assignTo(poolCall);
    second.outcome.resolve('answer');
    second.settled.resolve();
    await poolCall.result;
    expect(await isSettled(poolCall)).toBe(false);
    slow.settled.resolve();
    expect(await isSettled(poolCall)).toBe(true);
  });

  it('can be cancelled while it waits, and as its caller hears of it', async () => {
    const waiting = create({ retry: { times: 1 } });
    const first = assignTo(waiting.poolCall);
    first.outcome.reject(exited);
    first.settled.resolve();
    await settle();
    waiting.poolCall.cancel();
    expect([waiting.heard, first.cancels()]).toEqual([['retry', 'cancelled'], 0]);
    expect((await errorOf(waiting.poolCall.result)).code).toBe('request-cancelled');
    expect(await isSettled(waiting.poolCall)).toBe(true);

    const heard = create({ retry: { times: 1 }, onRetry: () => heard.poolCall.cancel() });
    assignTo(heard.poolCall).outcome.reject(exited);
    expect((await errorOf(heard.poolCall.result)).code).toBe('request-cancelled');
    expect(heard.heard).toEqual(['cancelled']);
  });
});
