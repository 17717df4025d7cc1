import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type EngineThread, superviseEngineThread } from '../../../../native-host/runtime/engine-thread-client.ts';
import { createDeferred } from '../../../../protocol/contract/deferred.ts';
import type { CallContext } from '../../../../protocol/contract/serve.ts';
import { endThreads, startThread } from '../../../helpers/start-thread.ts';

/** Both sides of the engine thread's channel, with a real thread between them. */
const toyPath = fileURLToPath(new URL('../../../fixtures/threads/toy-engine.ts', import.meta.url));

afterEach(endThreads);

async function startToy(engine = 'toy'): Promise<{ thread: EngineThread; death: Promise<unknown> }> {
  const death = createDeferred<unknown>();
  const thread = superviseEngineThread(await startThread(toyPath), engine, death.resolve);
  return { thread, death: death.promise };
}

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

describe('the engine thread', () => {
  it('loads the engine that it is told to', async () => {
    const { thread } = await startToy();
    await expect(thread.loaded).resolves.toBeUndefined();
  });

  it('tells with its own error, remedy included, why an engine cannot be loaded', async () => {
    const { thread } = await startToy('none');
    await expect(thread.loaded).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: 'no toy',
      remedy: 'Buy one.',
      details: { engine: 'none' },
    });
  });

  it('answers a call', async () => {
    const { thread } = await startToy();
    await expect(thread.call('toy.add', [1, 2, 3], createContext().context)).resolves.toBe(6);
  });

  it('runs a call that comes while the engine still loads', async () => {
    const { thread } = await startToy();
    const call = thread.call('toy.add', [1, 2], createContext().context);
    await thread.loaded;
    await expect(call).resolves.toBe(3);
  });

  it('delivers all progress in order and before the answer', async () => {
    const { thread } = await startToy();
    const { context, items } = createContext();
    await thread.call('toy.count', 100, context);
    expect(items).toEqual(Array.from({ length: 100 }, (_, index) => ({ index, bytes: new Uint8Array([index]) })));
  });

  it('rejects with what the engine threw', async () => {
    const { thread } = await startToy();
    await expect(thread.call('toy.fail', 'known', createContext().context)).rejects.toMatchObject({
      code: 'synthesis',
      message: 'the toy refused',
      details: { engine: 'toy', nativeCode: 4 },
    });
  });

  it('rejects as a defect what the engine should not have thrown', async () => {
    const { thread } = await startToy();
    await expect(thread.call('toy.fail', 'defect', createContext().context)).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('a toy broke'),
    });
  });

  it('answers the call after one that failed', async () => {
    const { thread } = await startToy();
    await thread.call('toy.fail', 'defect', createContext().context).catch(() => {});
    await expect(thread.call('toy.add', [4], createContext().context)).resolves.toBe(4);
  });

  it('ends a blocked call when it is aborted, as cancelled', async () => {
    const { thread } = await startToy();
    const { context, firstItem, abort } = createContext();
    const call = thread.call('toy.block', {}, context);
    await firstItem;
    abort();
    await expect(call).rejects.toMatchObject({ code: 'request-cancelled', details: { request: 'toy.block' } });
  });

  it('does not start a call that was aborted before the thread came to it', async () => {
    const { thread } = await startToy();
    const { context, items, abort } = createContext();
    const call = thread.call('toy.count', 3, context);
    abort();
    await expect(call).rejects.toMatchObject({ code: 'request-cancelled' });
    expect(items).toEqual([]);
  });

  it('refuses a call while another runs, and names the other', async () => {
    const { thread } = await startToy();
    const { context, firstItem } = createContext();
    thread.call('toy.block', {}, context).catch(() => {}); // ends with the thread
    await firstItem;
    await expect(thread.call('toy.add', [1], createContext().context)).rejects.toMatchObject({
      code: 'refused',
      details: { reason: 'this host is still answering toy.block' },
    });
  });

  it('passes on that a call starves, and the credit that it then gets', async () => {
    const { thread } = await startToy();
    const { context, starved, credit } = createContext();
    const call = thread.call('toy.take', 10, context);
    await starved;
    credit(10);
    await expect(call).resolves.toEqual({});
  });

  it('does not let the credit of one call reach the next', async () => {
    const { thread } = await startToy();
    const first = createContext();
    await thread.call('toy.add', [1], first.context);
    first.credit(1_000);
    const second = createContext();
    const call = thread.call('toy.take', 10, second.context);
    await second.starved;
    second.credit(10);
    await call;
  });

  it('counts the calls that it has answered, failed ones included', async () => {
    const { thread } = await startToy();
    await thread.call('toy.add', [1], createContext().context);
    await thread.call('toy.fail', 'known', createContext().context).catch(() => {});
    expect(thread.answered).toBe(2);
  });

  it('aborts what runs when it closes, then closes', async () => {
    const { thread } = await startToy();
    const { context, firstItem } = createContext();
    const call = thread.call('toy.block', {}, context);
    await firstItem;
    const closed = thread.close();
    await expect(call).rejects.toMatchObject({ code: 'request-cancelled' });
    await expect(closed).resolves.toBeUndefined();
  });

  it('refuses calls once it is closing', async () => {
    const { thread } = await startToy();
    const closed = thread.close();
    await expect(thread.call('toy.add', [1], createContext().context)).rejects.toMatchObject({ code: 'refused' });
    await closed;
  });

  it('closes once, however often it is asked to', async () => {
    const { thread } = await startToy();
    await Promise.all([thread.close(), thread.close()]);
    await expect(thread.close()).resolves.toBeUndefined();
  });

  it('reports its death when the thread exits', async () => {
    const { thread, death } = await startToy();
    void thread.call('toy.end', 'exit', createContext().context);
    expect(await death).toBe('it ended by itself with exit code 5');
  });

  it('reports its death when something is thrown outside of a call', async () => {
    const { thread, death } = await startToy();
    void thread.call('toy.end', 'throw', createContext().context);
    expect(await death).toMatchObject({ name: 'TypeError', message: 'outside of any call' });
  });
});
