import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { EngineSeat } from '../../../../native-host/runtime/engine-seat.ts';
import { superviseEngineThread } from '../../../../native-host/runtime/engine-thread-client.ts';
import { seatHere } from '../../../../native-host/runtime/seat-here.ts';
import { createDeferred } from '../../../../protocol/contract/deferred.ts';
import type { CallContext } from '../../../../protocol/contract/serve.ts';
import { toWireError } from '../../../../protocol/errors.ts';
import { loadToy } from '../../../fixtures/threads/toy-module.ts';
import { endThreads, startThread } from '../../../helpers/start-thread.ts';

/** For both sides of the engine thread's channel, with a real thread between them. */
const toyPath = fileURLToPath(new URL('../../../fixtures/threads/toy-engine.ts', import.meta.url));

afterEach(endThreads);

async function startThreadedToy(engine = 'toy'): Promise<{ seat: EngineSeat; death: Promise<unknown> }> {
  const death = createDeferred<unknown>();
  const seat = superviseEngineThread(await startThread(toyPath), engine, death.resolve);
  return { seat, death: death.promise };
}

/** Wherever an engine sits, the control thread sees it like this. */
const seats: readonly [string, (engine?: string) => Promise<EngineSeat>][] = [
  ['on a thread of its own', async (engine) => (await startThreadedToy(engine)).seat],
  ['on the control thread', async (engine = 'toy') => seatHere((name) => loadToy(name, false), engine)],
];

/** What `serve` hands to a handler, as far as an engine thread uses it. */
function createContext() {
  const abort = new AbortController();
  const items: unknown[] = [];
  const first = createDeferred<unknown>();
  const starved = createDeferred<void>();
  let credit: (bytes: number) => void = () => {};
  const context: CallContext<unknown> = {
    id: 0,
    signal: abort.signal,
    progress: (item) => {
      items.push(item);
      first.resolve(item);
    },
    starved: () => starved.resolve(),
    onCredit: (listener) => {
      credit = listener;
    },
  };
  return {
    context,
    items,
    firstItem: first.promise,
    starved: starved.promise,
    abort: () => abort.abort(),
    credit: (bytes: number) => credit(bytes),
  };
}

describe.each(seats)('an engine %s', (_, startToy) => {
  it('loads the engine that it is told to', async () => {
    const seat = await startToy();
    await expect(seat.loaded).resolves.toBeUndefined();
  });

  it('tells with its own error, remedy included, why an engine cannot be loaded', async () => {
    const seat = await startToy('none');
    await expect(seat.loaded).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: 'no toy',
      remedy: 'Buy one.',
      details: { engine: 'none' },
    });
  });

  it('answers a call', async () => {
    const seat = await startToy();
    await expect(seat.call('toy.add', [1, 2, 3], createContext().context)).resolves.toBe(6);
  });

  it('runs a call that comes while the engine still loads', async () => {
    const seat = await startToy();
    const call = seat.call('toy.add', [1, 2], createContext().context);
    await seat.loaded;
    await expect(call).resolves.toBe(3);
  });

  it('delivers all progress in order and before the answer', async () => {
    const seat = await startToy();
    const { context, items } = createContext();
    await seat.call('toy.count', 100, context);
    expect(items).toEqual(Array.from({ length: 100 }, (_, index) => ({ index, bytes: new Uint8Array([index]) })));
  });

  it('rejects with what the engine threw', async () => {
    const seat = await startToy();
    await expect(seat.call('toy.fail', 'known', createContext().context)).rejects.toMatchObject({
      code: 'synthesis',
      message: 'the toy refused',
      details: { engine: 'toy', nativeCode: 4 },
    });
  });

  it('rejects as a defect what the engine should not have thrown', async () => {
    const seat = await startToy();
    const failure = await seat.call('toy.fail', 'defect', createContext().context).catch(toWireError);
    expect(failure).toMatchObject({ code: 'internal', message: expect.stringContaining('a toy broke') });
  });

  it('answers the call after one that failed', async () => {
    const seat = await startToy();
    await seat.call('toy.fail', 'defect', createContext().context).catch(() => {});
    await expect(seat.call('toy.add', [4], createContext().context)).resolves.toBe(4);
  });

  it('ends a blocked call when it is aborted, as cancelled', async () => {
    const seat = await startToy();
    const { context, firstItem, abort } = createContext();
    const call = seat.call('toy.block', {}, context);
    await firstItem;
    abort();
    await expect(call).rejects.toMatchObject({ code: 'request-cancelled', details: { request: 'toy.block' } });
  });

  it('does not start a call that was aborted before the thread came to it', async () => {
    const seat = await startToy();
    const { context, items, abort } = createContext();
    const call = seat.call('toy.count', 3, context);
    abort();
    await expect(call).rejects.toMatchObject({ code: 'request-cancelled' });
    expect(items).toEqual([]);
  });

  it('refuses a call while another runs, and names the other', async () => {
    const seat = await startToy();
    const { context, firstItem } = createContext();
    seat.call('toy.block', {}, context).catch(() => {}); // ends with the thread
    await firstItem;
    await expect(seat.call('toy.add', [1], createContext().context)).rejects.toMatchObject({
      code: 'refused',
      details: { reason: 'this host is still answering toy.block' },
    });
  });

  it('passes on that a call starves, and the credit that it then gets', async () => {
    const seat = await startToy();
    const { context, starved, credit } = createContext();
    const call = seat.call('toy.take', 10, context);
    await starved;
    credit(10);
    await expect(call).resolves.toEqual({});
  });

  it('does not let the credit of one call reach the next', async () => {
    const seat = await startToy();
    const first = createContext();
    await seat.call('toy.add', [1], first.context);
    first.credit(1_000);
    const second = createContext();
    const call = seat.call('toy.take', 10, second.context);
    await second.starved;
    second.credit(10);
    await call;
  });

  it('counts the calls that it has answered, failed ones included', async () => {
    const seat = await startToy();
    await seat.call('toy.add', [1], createContext().context);
    await seat.call('toy.fail', 'known', createContext().context).catch(() => {});
    expect(seat.answered).toBe(2);
  });

  it('aborts what runs when it closes, then closes', async () => {
    const seat = await startToy();
    const { context, firstItem } = createContext();
    const call = seat.call('toy.block', {}, context);
    await firstItem;
    const closed = seat.close();
    await expect(call).rejects.toMatchObject({ code: 'request-cancelled' });
    await expect(closed).resolves.toBeUndefined();
  });

  it('refuses calls once it is closing', async () => {
    const seat = await startToy();
    const closed = seat.close();
    await expect(seat.call('toy.add', [1], createContext().context)).rejects.toMatchObject({ code: 'refused' });
    await closed;
  });

  it('closes once, however often it is asked to', async () => {
    const seat = await startToy();
    await Promise.all([seat.close(), seat.close()]);
    await expect(seat.close()).resolves.toBeUndefined();
  });

  it('is idle again, and closes, after a call that it was told to stop', async () => {
    const seat = await startToy();
    const { context, starved, abort } = createContext();
    const call = seat.call('toy.take', 10, context);
    await starved;
    abort();
    await expect(call).rejects.toMatchObject({ code: 'request-cancelled' });
    await expect(seat.call('toy.add', [2], createContext().context)).resolves.toBe(2);
    await seat.close();
  });
});

describe('the engine thread', () => {
  it('reports its death when the thread exits', async () => {
    const { seat, death } = await startThreadedToy();
    void seat.call('toy.end', 'exit', createContext().context);
    expect(await death).toBe('it ended by itself with exit code 5');
  });

  it('reports its death when something is thrown outside of a call', async () => {
    const { seat, death } = await startThreadedToy();
    void seat.call('toy.end', 'throw', createContext().context);
    expect(await death).toMatchObject({ name: 'TypeError', message: 'outside of any call' });
  });
});
