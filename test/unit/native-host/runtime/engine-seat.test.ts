import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { divertToEngine } from '../../../../native-host/runtime/engine-requests.ts';
import { createSeat, type EngineSeat, type Seating } from '../../../../native-host/runtime/engine-seat.ts';
import { superviseEngineThread } from '../../../../native-host/runtime/engine-thread-client.ts';
import { seatHere } from '../../../../native-host/runtime/seat-here.ts';
import { type Client, connect } from '../../../../protocol/contract/connect.ts';
import { createDeferred } from '../../../../protocol/contract/deferred.ts';
import type { ServerEnvelope } from '../../../../protocol/contract/envelope.ts';
import type { Port } from '../../../../protocol/contract/port.ts';
import { type ToyContract, toyContract } from '../../../fixtures/threads/toy-contract.ts';
import { loadToy } from '../../../fixtures/threads/toy-module.ts';
import { endThreads, startThread } from '../../../helpers/start-thread.ts';

/** For both sides of the engine thread's channel, with a real thread between them and no lane. */
const toyPath = fileURLToPath(new URL('../../../fixtures/threads/toy-engine.ts', import.meta.url));

afterEach(endThreads);

interface Toy {
  readonly seat: EngineSeat;
  readonly client: Client<ToyContract>;
  /** What the control thread got that is not for the engine. */
  readonly own: unknown[];
}

/** Connects a client to an engine as `runHost` does, without a process in between. */
function connectTo(seating: Seating): Toy {
  const own: unknown[] = [];
  let answer: (message: ServerEnvelope) => void = () => {};
  let toControl: (message: unknown) => void = () => {};
  const seat = createSeat(seating, (envelope) => answer(envelope));
  const ends = { onClose: () => {}, close: () => {} };
  const channel: Port = {
    ...ends,
    send: () => {},
    onMessage: (listener) => {
      toControl = listener;
    },
  };
  divertToEngine(toyContract, channel, seat).onMessage((message) => own.push(message));
  const port: Port = {
    ...ends,
    send: (message) => toControl(message),
    onMessage: (listener) => {
      answer = listener;
    },
  };
  const onMalformed = (error: Error): never => {
    throw error;
  };
  return { seat, client: connect(toyContract, port, { onMalformed }), own };
}

async function startThreadedToy(engine = 'toy'): Promise<Toy & { death: Promise<unknown> }> {
  const death = createDeferred<unknown>();
  const ends = { onMalformed: death.resolve, onDeath: death.resolve };
  const seating = superviseEngineThread(await startThread(toyPath), { engine, lane: null, ...ends });
  return { ...connectTo(seating), death: death.promise };
}

/** Wherever an engine sits, the control thread sees it like this. */
const seats: readonly [string, (engine?: string) => Promise<Toy>][] = [
  ['on a thread of its own', startThreadedToy],
  [
    'on the control thread',
    async (engine = 'toy') => connectTo(seatHere(toyContract, (name) => loadToy(name, false), engine)),
  ],
];

/** Starts a call that blocks the thread until it is aborted. */
async function block(client: Client<ToyContract>) {
  const abort = new AbortController();
  const began = createDeferred<void>();
  const call = client.start('toy.block', {}, { signal: abort.signal, onProgress: () => began.resolve() });
  call.result.catch(() => {}); // some end with the thread
  await began.promise;
  return { call, abort: () => abort.abort() };
}

describe.each(seats)('an engine %s', (_, startToy) => {
  it('loads the engine that it is told to', async () => {
    const { seat } = await startToy();
    await expect(seat.loaded).resolves.toBeUndefined();
  });

  it('tells with its own error, remedy included, why an engine cannot be loaded', async () => {
    const { seat } = await startToy('none');
    await expect(seat.loaded).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: 'no toy',
      remedy: 'Buy one.',
      details: { engine: 'none' },
    });
  });

  it('answers a call', async () => {
    const { client } = await startToy();
    await expect(client.request('toy.add', [1, 2, 3])).resolves.toBe(6);
  });

  it('runs a call that comes while the engine still loads', async () => {
    const { client, seat } = await startToy();
    const call = client.request('toy.add', [1, 2]);
    await seat.loaded;
    await expect(call).resolves.toBe(3);
  });

  it('checks the parameters before the engine sees them', async () => {
    const { client } = await startToy();
    await expect(client.request('toy.count', 'three' as never)).rejects.toMatchObject({
      code: 'contract',
      details: { path: 'params' },
    });
  });

  it('leaves to the control thread what is not for the engine', async () => {
    const { client, own } = await startToy();
    client.request('host.ping', {}).catch(() => {});
    expect(own).toEqual([{ kind: 'request', id: 0, method: 'host.ping', params: {} }]);
  });

  it('delivers all progress in order and before the answer', async () => {
    const { client } = await startToy();
    const items: unknown[] = [];
    await client.request('toy.count', 100, { onProgress: (item) => items.push(item) });
    expect(items).toEqual(Array.from({ length: 100 }, (_, index) => ({ index, bytes: new Uint8Array([index]) })));
  });

  it('rejects with what the engine threw', async () => {
    const { client } = await startToy();
    await expect(client.request('toy.fail', 'known')).rejects.toMatchObject({
      code: 'synthesis',
      message: 'the toy refused',
      details: { engine: 'toy', nativeCode: 4 },
    });
  });

  it('rejects as a defect what the engine should not have thrown', async () => {
    const { client } = await startToy();
    await expect(client.request('toy.fail', 'defect')).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('a toy broke'),
    });
  });

  it('answers the call after one that failed', async () => {
    const { client } = await startToy();
    await client.request('toy.fail', 'defect').catch(() => {});
    await expect(client.request('toy.add', [4])).resolves.toBe(4);
  });

  it('ends a blocked call when it is aborted, and then is free', async () => {
    const { client } = await startToy();
    const { call, abort } = await block(client);
    abort();
    await expect(call.result).rejects.toMatchObject({ code: 'request-cancelled', details: { request: 'toy.block' } });
    await call.settled;
    await expect(client.request('toy.add', [4])).resolves.toBe(4);
  });

  it('refuses a call while another runs, and names the other', async () => {
    const { client } = await startToy();
    await block(client);
    await expect(client.request('toy.add', [1])).rejects.toMatchObject({
      code: 'refused',
      details: { reason: 'this host is still answering toy.block' },
    });
  });

  it('passes on that a call starves, and the credit that it then gets', async () => {
    const { client } = await startToy();
    const call = client.start('toy.take', 10);
    call.credit(4);
    call.credit(6);
    await expect(call.result).resolves.toEqual({});
  });

  it('does not let the credit of one call reach the next', async () => {
    const { client, seat } = await startToy();
    await client.request('toy.add', [1]);
    seat.block.grant(0, 1_000);
    const call = client.start('toy.take', 10);
    call.credit(9);
    const added = await Promise.race([call.result, client.request('toy.add', [1]).catch(() => 'still waiting')]);
    expect(added).toBe('still waiting');
    call.credit(1);
    await expect(call.result).resolves.toEqual({});
  });

  it('counts the calls that it has answered, failed ones included', async () => {
    const { client, seat } = await startToy();
    await client.request('toy.add', [1]);
    await client.request('toy.fail', 'known').catch(() => {});
    expect(seat.block.answered).toBe(2);
  });

  it('aborts what runs when it closes, then closes', async () => {
    const { client, seat } = await startToy();
    const { call } = await block(client);
    const closed = seat.close();
    await expect(call.result).rejects.toMatchObject({ code: 'request-cancelled' });
    await expect(closed).resolves.toBeUndefined();
  });

  it('refuses calls once it is closing', async () => {
    const { client, seat } = await startToy();
    const closed = seat.close();
    await expect(client.request('toy.add', [1])).rejects.toMatchObject({ code: 'refused' });
    await closed;
  });

  it('closes once, however often it is asked to', async () => {
    const { seat } = await startToy();
    await Promise.all([seat.close(), seat.close()]);
    await expect(seat.close()).resolves.toBeUndefined();
  });

  it('is idle again, and closes, after a call that it was told to stop', async () => {
    const { client, seat } = await startToy();
    const { call, abort } = await block(client);
    abort();
    await call.settled;
    await expect(client.request('toy.add', [2])).resolves.toBe(2);
    await seat.close();
  });
});

describe('the engine thread', () => {
  it('rejects with a defect when the engine answers what cannot be sent', async () => {
    const { client } = await startThreadedToy();
    await expect(client.request('toy.fail', 'unsendable')).rejects.toMatchObject({ code: 'internal' });
    await expect(client.request('toy.add', [4])).resolves.toBe(4);
  });

  it('does not start a call that was aborted before the thread came to it', async () => {
    const { client } = await startThreadedToy();
    const abort = new AbortController();
    const items: unknown[] = [];
    const call = client.start('toy.count', 3, { signal: abort.signal, onProgress: (item) => items.push(item) });
    abort.abort();
    await expect(call.result).rejects.toMatchObject({ code: 'request-cancelled' });
    await call.settled;
    expect(items).toEqual([]);
  });

  it('reports its death when the thread exits', async () => {
    const { client, death } = await startThreadedToy();
    client.request('toy.end', 'exit').catch(() => {});
    expect(await death).toBe('it ended by itself with exit code 5');
  });

  it('reports its death when something is thrown outside of a call', async () => {
    const { client, death } = await startThreadedToy();
    client.request('toy.end', 'throw').catch(() => {});
    expect(await death).toMatchObject({ name: 'TypeError', message: 'outside of any call' });
  });
});
