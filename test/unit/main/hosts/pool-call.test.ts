import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createPoolCall, type PoolCall, type PoolCallOptions } from '../../../../main/hosts/pool-call.ts';
import type { Call, CallOptions } from '../../../../protocol/contract/call.ts';
import { createDeferred } from '../../../../protocol/contract/deferred.ts';
import { AsideError } from '../../../../protocol/errors.ts';
import { errorOf } from '../../../helpers/error-of.ts';
import { settle } from '../../../helpers/fake-launcher.ts';

const closed = new AsideError('disconnected', 'closed', { details: {} });

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

function create(options: PoolCallOptions<unknown> = {}): { poolCall: PoolCall; cancelled: PoolCall[] } {
  const cancelled: PoolCall[] = [];
  return { poolCall: createPoolCall('echo.say', { a: 1 }, options, (call) => cancelled.push(call)), cancelled };
}

async function isSettled(call: Call<unknown>): Promise<boolean> {
  let isIt = false;
  void call.settled.then(() => {
    isIt = true;
  });
  await settle();
  return isIt;
}

describe('a call in a pool', () => {
  it('is for a listener unless it says otherwise', () => {
    expect(create().poolCall.priority).toBe('listening');
    expect(create({ priority: 'background' }).poolCall.priority).toBe('background');
  });

  it('is removed when it is cancelled while it waits, and is settled then', async () => {
    const abort = new AbortController();
    const { poolCall, cancelled } = create({ signal: abort.signal });
    abort.abort();
    expect(cancelled).toEqual([poolCall]);
    expect(await errorOf(poolCall.call.result)).toMatchObject({
      code: 'request-cancelled',
      details: { request: 'echo.say' },
    });
    expect(await isSettled(poolCall.call)).toBe(true);
  });

  it('is over at once when it is cancelled while it runs, and settles with its host', async () => {
    const abort = new AbortController();
    const { poolCall } = create({ signal: abort.signal });
    const { cancels, settled } = assignTo(poolCall);
    expect(poolCall.isOpen).toBe(true);
    abort.abort();
    expect([poolCall.isOpen, cancels()]).toEqual([false, 1]);
    expect((await errorOf(poolCall.call.result)).code).toBe('request-cancelled');
    expect(await isSettled(poolCall.call)).toBe(false);
    settled.resolve();
    expect(await isSettled(poolCall.call)).toBe(true);
  });

  it('is cancelled by hand as by its signal, once, and not when it is over', async () => {
    const { poolCall, cancelled } = create();
    const { cancels, outcome } = assignTo(poolCall);
    poolCall.call.cancel();
    poolCall.call.cancel();
    expect([cancels(), cancelled]).toEqual([1, [poolCall]]);
    outcome.resolve('late');
    expect((await errorOf(poolCall.call.result)).code).toBe('request-cancelled');
    const done = create();
    const hosted = assignTo(done.poolCall);
    hosted.outcome.resolve('answer');
    await done.poolCall.call.result;
    await settle();
    done.poolCall.call.cancel();
    expect([hosted.cancels(), done.cancelled]).toEqual([0, []]);
  });

  it('knows its stage and its process', async () => {
    const { poolCall } = create();
    const { call } = poolCall;
    expect([call.stage, call.pid]).toEqual(['waiting', null]);
    const hosted = assignTo(poolCall, 42);
    expect([call.stage, call.pid]).toEqual(['running', 42]);
    hosted.outcome.resolve('answer');
    await call.result;
    await settle();
    expect([call.stage, call.pid]).toEqual(['over', 42]);
  });

  it('leaves no listener at the signal, however it ends', async () => {
    const { signal } = new AbortController();
    const waiting = create({ signal }).poolCall;
    const assigned = create({ signal }).poolCall;
    waiting.fail(closed);
    assignTo(assigned).outcome.resolve('answer');
    await errorOf(waiting.call.result);
    await settle();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
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

  it('hands over limits and signal, and keeps what is the pool’s own', () => {
    const { poolCall } = create({
      timeoutMs: 5,
      progressTimeoutMs: null,
      priority: 'background',
      onAssigned: () => {},
    });
    expect(assignTo(poolCall).options).toEqual({ timeoutMs: 5, progressTimeoutMs: null });
  });

  it('keeps credit until it has a host, then passes it on', () => {
    const { poolCall } = create();
    poolCall.call.credit(3);
    poolCall.call.credit(4);
    const { credits } = assignTo(poolCall);
    poolCall.call.credit(5);
    expect(credits).toEqual([7, 5]);
  });

  it('grants a host no credit that nobody gave', () => {
    expect(assignTo(create().poolCall).credits).toEqual([]);
  });

  it('ends as its host says', async () => {
    const { poolCall } = create();
    const hosted = assignTo(poolCall);
    hosted.outcome.resolve('answer');
    expect(await poolCall.call.result).toBe('answer');
    expect(await isSettled(poolCall.call)).toBe(false);
    hosted.settled.resolve();
    expect(await isSettled(poolCall.call)).toBe(true);
  });

  it('fails at once when the pool says so, hears nothing more, and settles with its host', async () => {
    const items: unknown[] = [];
    const { poolCall } = create({ onProgress: (item) => items.push(item) });
    const hosted = assignTo(poolCall);
    hosted.options.onProgress?.('heard');
    poolCall.fail(closed);
    hosted.options.onProgress?.('not heard');
    hosted.outcome.resolve('too late');
    expect(await errorOf(poolCall.call.result)).toBe(closed);
    expect([items, await isSettled(poolCall.call)]).toEqual([['heard'], false]);
    hosted.settled.resolve();
    expect(await isSettled(poolCall.call)).toBe(true);
  });
});
