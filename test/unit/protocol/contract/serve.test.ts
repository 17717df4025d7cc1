import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDeferred, type Deferred } from '../../../../protocol/contract/deferred.ts';
import { ServerEnvelope } from '../../../../protocol/contract/envelope.ts';
import { type CallContext, type Handlers, serve } from '../../../../protocol/contract/serve.ts';
import { AsideError } from '../../../../protocol/errors.ts';
import { type SmallContract, smallContract } from '../../../fixtures/contracts/small-contract.ts';
import { createPortPair } from '../../../helpers/port-pair.ts';

type Streaming = CallContext<{ bytes: Uint8Array }>;

const plainHandlers: Handlers<SmallContract> = {
  'text.shout': ({ text }) => ({ text: text.toUpperCase() }),
  'number.count': ({ to, by }, { progress }) => {
    let sum = 0;
    for (let n = 0; n <= to; n += by) {
      progress({ n });
      sum += n;
    }
    return { sum };
  },
  'bytes.stream': () => ({}),
};

/** A real server, and the bare messages at its other end. */
function openServer(handlers: Partial<Handlers<SmallContract>> = {}) {
  const { page, main } = createPortPair();
  const replies: ServerEnvelope[] = [];
  const malformed: AsideError[] = [];
  const server = serve(smallContract, main, { ...plainHandlers, ...handlers }, (error) => malformed.push(error));
  page.onMessage((message) => replies.push(ServerEnvelope.parse(message)));
  const send = async (...messages: unknown[]): Promise<void> => {
    for (const message of messages) page.send(message);
    await settle();
  };
  return { send, replies, malformed, server, page, main };
}

/** A server whose stream waits in the test's hands. */
function openStream() {
  const contexts: Streaming[] = [];
  const ends: Deferred<Record<string, never>>[] = [];
  const opened = openServer({
    'bytes.stream': (_params, context) => {
      contexts.push(context);
      const end = createDeferred<Record<string, never>>();
      ends.push(end);
      return end.promise;
    },
  });
  const context = (index = 0): Streaming => contexts[index] as Streaming;
  const end = async (index = 0): Promise<void> => {
    ends[index]?.resolve({});
    await settle();
  };
  return { ...opened, context, end };
}

/** Lets everything happen that needs no timer. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const request = (id: number, method: string, params: unknown) => ({ kind: 'request', id, method, params });
const shout = (id: number, text: unknown = 'hi') => request(id, 'text.shout', { text });
const stream = (id: number) => request(id, 'bytes.stream', {});

describe('requests', () => {
  test('are answered by their handler', async () => {
    const { send, replies } = openServer();
    await send(shout(7));
    expect(replies).toEqual([{ kind: 'result', id: 7, result: { text: 'HI' } }]);
  });

  test('reach the handler parsed, with defaults', async () => {
    const { send, replies } = openServer();
    await send(request(1, 'number.count', { to: 2 }));
    expect(replies.at(-1)).toEqual({ kind: 'result', id: 1, result: { sum: 3 } });
  });

  test('run side by side and are answered as each is done', async () => {
    const { send, replies, end } = openStream();
    await send(stream(1), stream(2), shout(3));
    await end(1);
    await end(0);
    expect(replies.map((reply) => 'id' in reply && reply.id)).toEqual([3, 2, 1]);
  });

  test('report progress in order, before the result', async () => {
    const { send, replies } = openServer();
    await send(request(1, 'number.count', { to: 4, by: 2 }));
    expect(replies).toEqual([
      { kind: 'progress', id: 1, item: { n: 0 } },
      { kind: 'progress', id: 1, item: { n: 2 } },
      { kind: 'progress', id: 1, item: { n: 4 } },
      { kind: 'result', id: 1, result: { sum: 6 } },
    ]);
  });

  test('may use an id again once it is answered', async () => {
    const { send, replies, malformed } = openServer();
    await send(shout(1, 'a'));
    await send(shout(1, 'b'));
    expect(malformed).toEqual([]);
    expect(replies.map((reply) => reply.kind === 'result' && reply.result)).toEqual([{ text: 'A' }, { text: 'B' }]);
  });
});

describe('what is refused', () => {
  test('parameters that do not fit, with the path, and without calling the handler', async () => {
    const calls: unknown[] = [];
    const { send, replies } = openServer({
      'text.shout': (params) => {
        calls.push(params);
        return { text: '' };
      },
    });
    await send(shout(1, 7));
    expect(replies).toMatchObject([
      { kind: 'error', id: 1, error: { code: 'contract', details: { path: 'params.text', got: '7' } } },
    ]);
    expect(calls).toEqual([]);
  });

  test.each(['text.whisper', '', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'clock.ticked'])(
    'a request named “%s”',
    async (method) => {
      const { send, replies, malformed } = openServer();
      await send(request(1, method, {}));
      expect(replies).toMatchObject([
        { kind: 'error', id: 1, error: { code: 'contract', details: { path: 'message.method', got: method } } },
      ]);
      expect(malformed).toEqual([]);
    },
  );

  test('the second of two requests with one id, as malformed, and the first goes on', async () => {
    const { send, replies, malformed, end } = openStream();
    await send(stream(1), shout(1));
    expect(malformed).toMatchObject([{ code: 'contract', details: { path: 'message.id', got: '1' } }]);
    await end();
    expect(replies).toEqual([{ kind: 'result', id: 1, result: {} }]);
  });
});

describe('errors of a handler', () => {
  test('arrive with code, message, remedy and details', async () => {
    const { send, replies } = openServer({
      'text.shout': () => {
        throw new AsideError('file', 'no room', { details: { path: '/a', reason: 'ENOSPC' }, remedy: 'make some' });
      },
    });
    await send(shout(1));
    expect(replies).toEqual([
      {
        kind: 'error',
        id: 1,
        error: { code: 'file', message: 'no room', remedy: 'make some', details: { path: '/a', reason: 'ENOSPC' } },
      },
    ]);
  });

  test.each<[how: string, handler: () => { text: string } | Promise<{ text: string }>]>([
    [
      'thrown',
      () => {
        throw new TypeError('x is undefined');
      },
    ],
    ['rejected', () => Promise.reject(new TypeError('x is undefined'))],
  ])('that are defects (%s) are internal, and their stack stays here', async (_how, handler) => {
    const { send, replies } = openServer({ 'text.shout': handler });
    await send(shout(1));
    expect(replies).toEqual([
      {
        kind: 'error',
        id: 1,
        error: { code: 'internal', message: 'Aside has a defect: x is undefined', remedy: '', details: {} },
      },
    ]);
  });

  test('that have no text are answered all the same', async () => {
    const { send, replies } = openServer({ 'text.shout': () => Promise.reject(Object.create(null)) });
    await send(shout(1));
    expect(replies).toMatchObject([{ kind: 'error', id: 1, error: { code: 'internal' } }]);
  });

  test('do not end the others', async () => {
    const { send, replies } = openServer({
      'number.count': () => {
        throw new Error('no');
      },
    });
    await send(request(1, 'number.count', { to: 1 }), shout(2));
    expect(replies.map(({ kind }) => kind).sort()).toEqual(['error', 'result']);
  });
});

describe('cancel', () => {
  test('aborts the signal of that call alone', async () => {
    const { send, context } = openStream();
    await send(stream(1), stream(2), { kind: 'cancel', id: 2 });
    expect([context(0).signal.aborted, context(1).signal.aborted]).toEqual([false, true]);
  });

  test('does not answer for the handler: that is still done once, when it ends', async () => {
    const { send, replies, end } = openStream();
    await send(stream(1), { kind: 'cancel', id: 1 });
    expect(replies).toEqual([]);
    await end();
    expect(replies).toEqual([{ kind: 'result', id: 1, result: {} }]);
  });

  test('leaves the call its id until its handler has ended', async () => {
    const { send, malformed } = openStream();
    await send(stream(1), { kind: 'cancel', id: 1 }, shout(1));
    expect(malformed).toMatchObject([{ details: { path: 'message.id' } }]);
  });

  test('of a call that is unknown or answered does nothing', async () => {
    const { send, replies, malformed } = openServer();
    await send({ kind: 'cancel', id: 9 }, shout(1));
    await send({ kind: 'cancel', id: 1 }, { kind: 'credit', id: 1, bytes: 5 });
    expect({ replies: replies.length, malformed }).toEqual({ replies: 1, malformed: [] });
  });

  test('happens to all calls when the port closes', async () => {
    const { send, context, page } = openStream();
    await send(stream(1), stream(2));
    page.close();
    expect([context(0).signal.aborted, context(1).signal.aborted]).toEqual([true, true]);
  });
});

describe('credit', () => {
  test('that comes before anyone listens is kept, in one sum', async () => {
    const { send, context } = openStream();
    await send(stream(1), { kind: 'credit', id: 1, bytes: 5 }, { kind: 'credit', id: 1, bytes: 7 });
    const granted: number[] = [];
    context().onCredit((bytes) => granted.push(bytes));
    expect(granted).toEqual([12]);
  });

  test('that comes later is told as it comes', async () => {
    const { send, context } = openStream();
    await send(stream(1));
    const granted: number[] = [];
    context().onCredit((bytes) => granted.push(bytes));
    await send({ kind: 'credit', id: 1, bytes: 5 }, { kind: 'credit', id: 1, bytes: 7 });
    expect(granted).toEqual([5, 7]);
  });

  test('goes to its own call', async () => {
    const { send, context } = openStream();
    await send(stream(1), stream(2));
    const granted: string[] = [];
    context(0).onCredit((bytes) => granted.push(`first ${bytes}`));
    context(1).onCredit((bytes) => granted.push(`second ${bytes}`));
    await send({ kind: 'credit', id: 2, bytes: 5 });
    expect(granted).toEqual(['second 5']);
  });

  test('is asked for with starved', async () => {
    const { send, replies, context } = openStream();
    await send(stream(1));
    context().starved();
    await settle();
    expect(replies).toEqual([{ kind: 'starved', id: 1 }]);
  });
});

describe('after the answer', () => {
  test('progress and starved are not sent', async () => {
    const { send, replies, context, end } = openStream();
    await send(stream(1));
    await end();
    context().progress({ bytes: new Uint8Array(1) });
    context().starved();
    await settle();
    expect(replies).toEqual([{ kind: 'result', id: 1, result: {} }]);
  });

  test('they are not sent in the name of a new call with the same id either', async () => {
    const { send, replies, context, end } = openStream();
    await send(stream(1));
    await end();
    await send(stream(1));
    context(0).progress({ bytes: new Uint8Array(1) });
    context(0).starved();
    await settle();
    expect(replies).toHaveLength(1);
  });
});

describe('events', () => {
  test('are sent by name', async () => {
    const { server, replies } = openServer();
    server.emit('clock.ticked', { n: 1 });
    await settle();
    expect(replies).toEqual([{ kind: 'event', name: 'clock.ticked', payload: { n: 1 } }]);
  });
});

describe('a message that is no envelope', () => {
  test.each<[what: string, message: unknown, path: string]>([
    ['nothing', undefined, 'message'],
    ['null', null, 'message'],
    ['a text', 'request', 'message'],
    ['a list', [], 'message'],
    ['without a kind', { id: 1 }, 'message.kind'],
    ['of an unknown kind', { kind: 'demand', id: 1 }, 'message.kind'],
    ['of the other direction', { kind: 'result', id: 1, result: {} }, 'message.kind'],
    ['with an id that is no number', request('1' as never, 'text.shout', {}), 'message.id'],
    ['with a negative id', request(-1, 'text.shout', {}), 'message.id'],
    ['with half an id', request(0.5, 'text.shout', {}), 'message.id'],
    ['without a method', { kind: 'request', id: 1, params: {} }, 'message.method'],
    ['with a method without end', request(1, 'x'.repeat(65), {}), 'message.method'],
    ['without parameters', { kind: 'request', id: 1, method: 'text.shout' }, 'message.params'],
    ['with something more', { ...shout(1), more: 1 }, 'message'],
    ['with no credit', { kind: 'credit', id: 1, bytes: 0 }, 'message.bytes'],
    ['with negative credit', { kind: 'credit', id: 1, bytes: -5 }, 'message.bytes'],
    ['with endless credit', { kind: 'credit', id: 1, bytes: Number.POSITIVE_INFINITY }, 'message.bytes'],
  ])('%s goes to onMalformed and nowhere else', async (_what, message, path) => {
    const { send, replies, malformed } = openServer();
    await send(message);
    expect(malformed).toMatchObject([{ code: 'contract', details: { path } }]);
    expect(replies).toEqual([]);
  });

  test('does not stop the next one', async () => {
    const { send, replies } = openServer();
    await send('garbage', shout(1));
    expect(replies).toHaveLength(1);
  });
});

describe('any messages at all', () => {
  const id = fc.constantFrom(0, 1, 2);
  const nearly = fc.oneof(
    fc.jsonValue(),
    fc.record({
      kind: fc.constantFrom('request', 'cancel', 'credit', 'result', 'x'),
      id: fc.oneof(id, fc.jsonValue()),
    }),
    fc.record({
      kind: fc.constant('request'),
      id,
      method: fc.constantFrom('text.shout', 'number.count', 'bytes.stream', '__proto__', 'no.such'),
      params: fc.oneof(fc.jsonValue(), fc.record({ text: fc.string() }), fc.record({ to: fc.nat(5) })),
    }),
    fc.record({ kind: fc.constant('credit'), id, bytes: fc.oneof(fc.integer(), fc.jsonValue()) }),
    fc.record({ kind: fc.constant('cancel'), id }),
  );

  test('never throw into the port, and each is answered once, malformed, or needs no answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(nearly, { maxLength: 20 }), async (messages) => {
        const { send, replies, malformed } = openServer();
        for (const message of messages) await send(message);
        const requests = messages.filter((message) => isRecord(message) && message.kind === 'request').length;
        const answers = replies.filter(({ kind }) => kind === 'result' || kind === 'error').length;
        expect(answers).toBeLessThanOrEqual(requests);
        expect(answers + malformed.length).toBeGreaterThanOrEqual(requests);
        for (const error of malformed) expect(error.code).toBe('contract');
      }),
      { numRuns: 200 },
    );
  });
});

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
