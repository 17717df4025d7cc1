import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Call, CallOptions } from '../../../../protocol/contract/call.ts';
import { connect } from '../../../../protocol/contract/connect.ts';
import { CallerEnvelope, type ServerEnvelope } from '../../../../protocol/contract/envelope.ts';
import { AsideError } from '../../../../protocol/errors.ts';
import { smallContract } from '../../../fixtures/contracts/small-contract.ts';
import { createPortPair } from '../../../helpers/port-pair.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0); // a call that is over leaves no timer behind
  vi.useRealTimers();
});

/** A real client, and the bare messages at its other end. */
function openClient() {
  const { page, main } = createPortPair();
  const sent: CallerEnvelope[] = [];
  const malformed: AsideError[] = [];
  main.onMessage((message) => sent.push(CallerEnvelope.parse(message)));
  const client = connect(smallContract, page, { onMalformed: (error) => malformed.push(error) });
  const reply = async (...messages: readonly (ServerEnvelope | object | string | null)[]): Promise<void> => {
    for (const message of messages) main.send(message);
    await settle();
  };
  return { client, sent, malformed, reply, page, main };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

type Outcome = { value: unknown } | { error: unknown } | 'pending';

/** What a promise has come to, without waiting for it. */
function watch(promise: Promise<unknown>): { readonly now: Outcome } {
  let now: Outcome = 'pending';
  promise.then(
    (value) => {
      now = { value };
    },
    (error: unknown) => {
      now = { error };
    },
  );
  return {
    get now() {
      return now;
    },
  };
}

/** An open count with all that can be seen of it. */
function openCount(options: CallOptions<{ n: number }> = {}) {
  const opened = openClient();
  const items: number[] = [];
  const call = opened.client.start('number.count', { to: 3 }, { onProgress: ({ n }) => items.push(n), ...options });
  return { ...opened, items, call, result: watch(call.result), settled: watch(call.settled) };
}

const progress = (n: number, id = 0) => ({ kind: 'progress', id, item: { n } }) as const;
const result = (sum: number, id = 0) => ({ kind: 'result', id, result: { sum } }) as const;

describe('a request', () => {
  test('is sent as the caller gave it, each with an id of its own', async () => {
    const { client, sent, reply } = openClient();
    void client.request('text.shout', { text: 'a' });
    void client.request('number.count', { to: 1 });
    await settle();
    expect(sent).toEqual([
      { kind: 'request', id: 0, method: 'text.shout', params: { text: 'a' } },
      { kind: 'request', id: 1, method: 'number.count', params: { to: 1 } },
    ]);
    await reply({ kind: 'result', id: 0, result: { text: 'A' } }, result(1, 1));
  });

  test('resolves with its own result, in whatever order they come', async () => {
    const { client, reply } = openClient();
    const first = client.request('text.shout', { text: 'a' });
    const second = client.request('text.shout', { text: 'b' });
    await reply({ kind: 'result', id: 1, result: { text: 'B' } }, { kind: 'result', id: 0, result: { text: 'A' } });
    expect([await first, await second]).toEqual([{ text: 'A' }, { text: 'B' }]);
  });

  test('hands on its progress in order, before the result', async () => {
    const { items, reply, call } = openCount();
    await reply(progress(1), progress(2), result(3));
    expect(items).toEqual([1, 2]);
    expect(await call.result).toEqual({ sum: 3 });
  });

  test('rejects with the error of the other side: code, message, remedy, details', async () => {
    const { client, reply } = openClient();
    const outcome = watch(client.request('text.shout', { text: 'a' }));
    const error = {
      code: 'file',
      message: 'no room',
      remedy: 'make some',
      details: { path: '/a', reason: 'ENOSPC' },
    } as const;
    await reply({ kind: 'error', id: 0, error });
    expect(outcome.now).toMatchObject({ error });
    expect(outcome.now).toMatchObject({ error: expect.any(AsideError) });
  });

  test('is settled with its answer', async () => {
    const { settled, reply } = openCount();
    await settle();
    expect(settled.now).toBe('pending');
    await reply(result(6));
    expect(settled.now).toEqual({ value: undefined });
  });

  test('has no place for progress that its contract does not have', async () => {
    const { client, reply, malformed } = openClient();
    const heard: unknown[] = [];
    const call = client.start('text.shout', { text: 'a' }, { onProgress: (item) => heard.push(item) });
    await reply({ kind: 'progress', id: 0, item: { any: 1 } }, { kind: 'result', id: 0, result: { text: 'A' } });
    expect(await call.result).toEqual({ text: 'A' });
    expect({ heard, malformed }).toEqual({ heard: [], malformed: [] });
  });
});

describe('cancelling', () => {
  test('rejects first, then tells the other side', async () => {
    const abort = new AbortController();
    const { call, main, reply } = openCount({ signal: abort.signal });
    await settle();
    const order: string[] = [];
    main.onMessage((message) => order.push((message as CallerEnvelope).kind));
    const rejected = call.result.catch((error: AsideError) => order.push(error.code));
    abort.abort();
    await rejected;
    await settle();
    expect(order).toEqual(['request-cancelled', 'cancel']);
    await reply(result(0));
  });

  test('by hand does the same, and nothing once the call is over', async () => {
    const { call, result: outcome, settled, sent, reply } = openCount();
    call.cancel();
    call.cancel();
    await settle();
    expect(outcome.now).toMatchObject({ error: { code: 'request-cancelled' } });
    expect([sent.map(({ kind }) => kind), settled.now]).toEqual([['request', 'cancel'], 'pending']);
    await reply(result(0));
    call.cancel();
    await settle();
    expect([sent.length, settled.now]).toEqual([2, { value: undefined }]);
  });

  test('names the request', async () => {
    const abort = new AbortController();
    const { result: outcome, reply } = openCount({ signal: abort.signal });
    abort.abort();
    await reply(result(0));
    expect(outcome.now).toMatchObject({ error: { code: 'request-cancelled', details: { request: 'number.count' } } });
  });

  test('is settled only when the other side has answered', async () => {
    const abort = new AbortController();
    const { call, settled, reply } = openCount({ signal: abort.signal });
    call.result.catch(() => {});
    abort.abort();
    await settle();
    expect(settled.now).toBe('pending');
    await reply({ kind: 'error', id: 0, error: { code: 'internal', message: 'late', remedy: '', details: {} } });
    expect(settled.now).toEqual({ value: undefined });
  });

  test('ignores what still comes: progress, starved, a result of any shape', async () => {
    const abort = new AbortController();
    const { items, result: outcome, malformed, reply } = openCount({ signal: abort.signal });
    abort.abort();
    await reply(progress(1), { kind: 'starved', id: 0 }, { kind: 'result', id: 0, result: 'odd' });
    expect(outcome.now).toMatchObject({ error: { code: 'request-cancelled' } });
    expect({ items, malformed }).toEqual({ items: [], malformed: [] });
  });

  test('beforehand sends nothing at all', async () => {
    const { client, sent } = openClient();
    const call = client.start('text.shout', { text: 'a' }, { signal: AbortSignal.abort() });
    await expect(call.result).rejects.toMatchObject({ code: 'request-cancelled' });
    await call.settled;
    expect(sent).toEqual([]);
  });

  test('after the answer does nothing', async () => {
    const abort = new AbortController();
    const { call, sent, reply } = openCount({ signal: abort.signal });
    await reply(result(6));
    abort.abort();
    await settle();
    expect(await call.result).toEqual({ sum: 6 });
    expect(sent.map(({ kind }) => kind)).toEqual(['request']);
  });

  test('leaves no listener on the signal when the call is over', async () => {
    const abort = new AbortController();
    const add = vi.spyOn(abort.signal, 'addEventListener');
    const remove = vi.spyOn(abort.signal, 'removeEventListener');
    const { reply } = openCount({ signal: abort.signal });
    await reply(result(6));
    expect(remove).toHaveBeenCalledWith('abort', add.mock.calls[0]?.[1]);
  });
});

describe('deadlines', () => {
  const timeout = (limit: string, timeoutMs: number) => ({
    error: { code: 'request-timeout', details: { request: 'number.count', limit, timeoutMs } },
  });

  /** Progress every 150 ms, so that only the deadline of the whole counts. */
  const keepAlive = async ({ reply }: { reply: (message: object) => Promise<void> }, ms: number): Promise<void> => {
    for (let spentMs = 0; spentMs < ms; spentMs += 150) {
      await pass(150);
      await reply(progress(spentMs));
    }
  };

  test('silence longer than the contract allows rejects and cancels', async () => {
    const { result: outcome, sent, reply } = openCount();
    await pass(199);
    expect(outcome.now).toBe('pending');
    await pass(1);
    expect(outcome.now).toMatchObject(timeout('progress', 200));
    expect(sent.map(({ kind }) => kind)).toEqual(['request', 'cancel']);
    await reply(result(0));
  });

  test('each progress starts the silence anew', async () => {
    const opened = openCount();
    await keepAlive(opened, 600);
    expect(opened.result.now).toBe('pending');
    await pass(200);
    expect(opened.result.now).toMatchObject(timeout('progress', 200));
    await opened.reply(result(0));
  });

  test('the whole may not take longer than the contract allows, whatever the progress', async () => {
    const opened = openCount();
    await keepAlive(opened, 900);
    expect(opened.result.now).toBe('pending');
    await pass(100);
    expect(opened.result.now).toMatchObject(timeout('deadline', 1_000));
    await opened.reply(result(0));
  });

  test('are the caller’s own where it has some', async () => {
    const opened = openCount({ timeoutMs: 50, progressTimeoutMs: null });
    await pass(50);
    expect(opened.result.now).toMatchObject(timeout('deadline', 50));
    await opened.reply(result(0));
  });

  test('are none where the caller says null', async () => {
    const opened = openCount({ timeoutMs: null, progressTimeoutMs: null });
    await pass(1e9);
    expect(opened.result.now).toBe('pending');
    await opened.reply(result(6));
    expect(opened.result.now).toEqual({ value: { sum: 6 } });
  });

  test('do not strike after the answer', async () => {
    const opened = openCount();
    await opened.reply(result(6));
    await pass(10_000);
    expect(opened.sent.map(({ kind }) => kind)).toEqual(['request']);
  });
});

describe('credit', () => {
  const starved = { kind: 'starved', id: 0 } as const;

  test('is sent for its call', async () => {
    const { call, sent, reply } = openCount();
    call.credit(4_096);
    await settle();
    expect(sent.at(-1)).toEqual({ kind: 'credit', id: 0, bytes: 4_096 });
    await reply(result(6));
  });

  test('is not sent once the call is over', async () => {
    const { call, sent, reply } = openCount();
    await reply(result(6));
    call.credit(4_096);
    await settle();
    expect(sent.map(({ kind }) => kind)).toEqual(['request']);
  });

  test('while it is awaited, neither deadline runs', async () => {
    const { result: outcome, reply } = openCount();
    await reply(starved);
    await pass(60_000);
    expect(outcome.now).toBe('pending');
    await reply(result(6));
  });

  test('lets the deadlines run on: the silence anew, the whole where it stood', async () => {
    const { call, result: outcome, reply } = openCount();
    await pass(150);
    await reply(starved);
    await pass(60_000);
    call.credit(1);
    await pass(199);
    expect(outcome.now).toBe('pending');
    await pass(1);
    expect(outcome.now).toMatchObject({ error: { details: { limit: 'progress' } } });
    await reply(result(0));
  });

  test('the time without it is not part of the whole', async () => {
    const { call, result: outcome, reply } = openCount({ progressTimeoutMs: null });
    await pass(600);
    await reply(starved);
    await pass(60_000);
    call.credit(1);
    await pass(399);
    expect(outcome.now).toBe('pending');
    await pass(1);
    expect(outcome.now).toMatchObject({ error: { details: { limit: 'deadline' } } });
    await reply(result(0));
  });

  test('that was on its way when starved was sent: progress ends the pause too', async () => {
    const { result: outcome, reply } = openCount();
    await reply(starved, progress(1));
    await pass(200);
    expect(outcome.now).toMatchObject({ error: { details: { limit: 'progress' } } });
    await reply(result(0));
  });
});

describe('when the port closes', () => {
  const died = new AsideError('host-exited', 'The host ended with 139', {
    details: { pid: 7, exitCode: 139, signal: null, request: null, stderrTail: ['boom'] },
    remedy: 'again',
  });

  test('every open call rejects with why, and with its own name', async () => {
    const { client, page } = openClient();
    const outcomes = [
      watch(client.request('text.shout', { text: 'a' })),
      watch(client.request('number.count', { to: 1 })),
    ];
    page.close(died);
    await settle();
    for (const [index, request] of ['text.shout', 'number.count'].entries()) {
      expect(outcomes[index]?.now).toMatchObject({
        error: {
          code: 'host-exited',
          message: `The host ended with 139 while it answered ${request}`,
          remedy: 'again',
          details: { pid: 7, exitCode: 139, signal: null, request, stderrTail: ['boom'] },
        },
      });
    }
  });

  test('every open call is settled, also one that was cancelled before', async () => {
    const abort = new AbortController();
    const { client, page } = openClient();
    const calls: Call<unknown>[] = [
      client.start('text.shout', { text: 'a' }),
      client.start('number.count', { to: 1 }, { signal: abort.signal }),
    ];
    const results = calls.map((call) => watch(call.result));
    abort.abort();
    page.close(died);
    await Promise.all(calls.map((call) => call.settled));
    expect(results.map(({ now }) => now)).toMatchObject([
      { error: { code: 'host-exited' } },
      { error: { code: 'request-cancelled' } },
    ]);
  });

  test('later calls reject at once', async () => {
    const { client, page } = openClient();
    page.close(new AsideError('disconnected', 'gone', { details: {} }));
    const call = client.start('text.shout', { text: 'a' });
    await expect(call.result).rejects.toMatchObject({ code: 'disconnected', message: 'gone' });
    await call.settled;
  });
});

describe('events', () => {
  const tick = (n: number) => ({ kind: 'event', name: 'clock.ticked', payload: { n } }) as const;

  test('reach every listener', async () => {
    const { client, reply } = openClient();
    const heard: string[] = [];
    client.on('clock.ticked', ({ n }) => heard.push(`a${n}`));
    client.on('clock.ticked', ({ n }) => heard.push(`b${n}`));
    await reply(tick(1));
    expect(heard).toEqual(['a1', 'b1']);
  });

  test('do not reach one that was taken off, also while they are told', async () => {
    const { client, reply } = openClient();
    const heard: number[] = [];
    const off = client.on('clock.ticked', ({ n }) => {
      heard.push(n);
      off();
    });
    await reply(tick(1), tick(2));
    expect(heard).toEqual([1]);
  });

  test('do not reach one that was added while they are told', async () => {
    const { client, reply } = openClient();
    const heard: string[] = [];
    const addAnother = client.on('clock.ticked', ({ n }) => {
      addAnother();
      client.on('clock.ticked', (later) => heard.push(`added ${later.n}`));
      heard.push(`first ${n}`);
    });
    await reply(tick(1), tick(2));
    expect(heard).toEqual(['first 1', 'added 2']);
  });

  test('without a listener are no error', async () => {
    const { reply, malformed } = openClient();
    await reply(tick(1));
    expect(malformed).toEqual([]);
  });

  test('come also while calls are open', async () => {
    const { client, reply, call } = openCount();
    const heard: number[] = [];
    client.on('clock.ticked', ({ n }) => heard.push(n));
    await reply(progress(1), tick(5), result(6));
    expect(heard).toEqual([5]);
    expect(await call.result).toEqual({ sum: 6 });
  });
});

describe('late messages', () => {
  test('of a call that is answered are ignored', async () => {
    const { items, malformed, call, reply } = openCount();
    await reply(result(6), progress(9), result(9), { kind: 'starved', id: 0 });
    expect({ items, malformed }).toEqual({ items: [], malformed: [] });
    expect(await call.result).toEqual({ sum: 6 });
  });
});

describe('what goes to onMalformed', () => {
  test.each<[what: string, message: object | string | null, path: string]>([
    ['nothing', null, 'message'],
    ['a text', 'result', 'message'],
    ['without a kind', { id: 0 }, 'message.kind'],
    ['of the other direction', { kind: 'request', id: 0, method: 'text.shout', params: {} }, 'message.kind'],
    ['with a negative id', { kind: 'starved', id: -1 }, 'message.id'],
    ['with something more', { kind: 'starved', id: 0, more: 1 }, 'message'],
    [
      'an error without a remedy',
      { kind: 'error', id: 0, error: { code: 'internal', message: '', details: {} } },
      'message.error.remedy',
    ],
    [
      'an error with an unknown code',
      { kind: 'error', id: 0, error: { code: 'bad', message: '', remedy: '', details: {} } },
      'message.error.code',
    ],
    ['a result that is missing', { kind: 'result', id: 0 }, 'message.result'],
    ['a result that does not fit', { kind: 'result', id: 0, result: { sum: 'six' } }, 'number.count.result.sum'],
    ['progress that does not fit', { kind: 'progress', id: 0, item: { n: 0.5 } }, 'number.count.progress.n'],
    ['an event that does not fit', { kind: 'event', name: 'clock.ticked', payload: {} }, 'clock.ticked.n'],
    ['an unknown event', { kind: 'event', name: 'clock.stopped', payload: {} }, 'message.name'],
    ['an event named after what every object has', { kind: 'event', name: '__proto__', payload: {} }, 'message.name'],
    ['an event named constructor', { kind: 'event', name: 'constructor', payload: {} }, 'message.name'],
  ])('%s', async (_what, message, path) => {
    const { malformed, call, reply, page } = openCount();
    call.result.catch(() => {});
    await reply(message);
    expect(malformed).toMatchObject([{ code: 'contract', details: { path } }]);
    page.close();
    await call.settled;
  });

  test('a result that does not fit also rejects its call', async () => {
    const { result: outcome, reply } = openCount();
    await reply({ kind: 'result', id: 0, result: {} });
    expect(outcome.now).toMatchObject({ error: { code: 'contract', details: { path: 'number.count.result.sum' } } });
  });

  test('progress that does not fit does not end its call', async () => {
    const { items, call, reply } = openCount();
    await reply({ kind: 'progress', id: 0, item: {} }, progress(2), result(6));
    expect(items).toEqual([2]);
    expect(await call.result).toEqual({ sum: 6 });
  });
});
