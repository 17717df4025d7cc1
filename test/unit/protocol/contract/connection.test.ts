import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { connect } from '../../../../protocol/contract/connect.ts';
import { type Handlers, serve } from '../../../../protocol/contract/serve.ts';
import { AsideError, type ErrorCode, toWireError } from '../../../../protocol/errors.ts';
import { type SmallContract, smallContract } from '../../../fixtures/contracts/small-contract.ts';
import { createPortPair } from '../../../helpers/port-pair.ts';

/** A real client and a real server; anything malformed is a failure. */
function openConnection(handlers: Partial<Handlers<SmallContract>> = {}) {
  const { page, main } = createPortPair();
  const onMalformed = (error: AsideError): never => {
    throw error;
  };
  const all: Handlers<SmallContract> = {
    'text.shout': ({ text }) => ({ text }),
    'number.count': async ({ to, by }, { progress, signal }) => {
      for (let n = 0; n <= to && !signal.aborted; n += by) {
        progress({ n });
        await Promise.resolve();
      }
      return { sum: to };
    },
    'bytes.stream': () => ({}),
    ...handlers,
  };
  const server = serve(smallContract, main, all, onMalformed);
  return { client: connect(smallContract, page, { onMalformed }), server, page, main };
}

const rejection = (promise: Promise<unknown>): Promise<AsideError> =>
  promise.then(
    () => {
      throw new Error('it resolved');
    },
    (error: AsideError) => error,
  );

describe('both ends together', () => {
  test('any text goes there and back', async () => {
    const { client } = openConnection();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 50 }), async (text) => {
        expect(await client.request('text.shout', { text })).toEqual({ text });
      }),
    );
  });

  test('many calls at once do not mix', async () => {
    const { client } = openConnection();
    const items: number[][] = Array.from({ length: 20 }, () => []);
    const sums = await Promise.all(
      items.map((own, index) => client.request('number.count', { to: index }, { onProgress: ({ n }) => own.push(n) })),
    );
    expect(sums).toEqual(items.map((_, index) => ({ sum: index })));
    expect(items).toEqual(items.map((_, index) => Array.from({ length: index + 1 }, (_value, n) => n)));
  });

  test.each<ErrorCode>(['internal', 'disconnected'])('an error without details crosses (%s)', async (code) => {
    const error = new AsideError(code, 'what', { details: {} as never, remedy: 'do' });
    const { client } = openConnection({ 'text.shout': () => Promise.reject(error) });
    const arrived = await rejection(client.request('text.shout', { text: '' }));
    expect(toWireError(arrived)).toEqual(toWireError(error));
    expect(arrived).not.toBe(error);
  });

  test('a bad parameter is a contract error of the caller, with the path', async () => {
    const { client } = openConnection();
    const error = await rejection(client.request('text.shout', { text: 'x'.repeat(101) }));
    expect(error).toMatchObject({ code: 'contract', details: { path: 'params.text' } });
  });

  test('a cancelled call stops its handler and is settled when that has ended', async () => {
    const abort = new AbortController();
    const counted: number[] = [];
    const { client } = openConnection();
    const call = client.start(
      'number.count',
      { to: 1e9 },
      { signal: abort.signal, onProgress: ({ n }) => counted.push(n) === 5 && abort.abort() },
    );
    expect((await rejection(call.result)).code).toBe('request-cancelled');
    await call.settled;
    expect(counted).toEqual([0, 1, 2, 3, 4]);
  });

  test('credit keeps a stream within what was granted', async () => {
    const { client } = openConnection({
      'bytes.stream': async (_params, { progress, starved, onCredit }) => {
        let budget = 0;
        let wake = (): void => {};
        onCredit((bytes) => {
          budget += bytes;
          wake();
        });
        for (let sent = 0; sent < 10; sent++) {
          while (budget < 10) {
            starved();
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
          budget -= 10;
          progress({ bytes: new Uint8Array(10) });
        }
        return {};
      },
    });
    let granted = 0;
    let received = 0;
    const call = client.start('bytes.stream', {}, { onProgress: ({ bytes }) => take(bytes.byteLength) });
    const grant = (bytes: number): void => {
      granted += bytes;
      call.credit(bytes);
    };
    const take = (bytes: number): void => {
      received += bytes;
      expect(received).toBeLessThanOrEqual(granted);
      if (granted - received < 10) grant(25);
    };
    grant(25);
    grant(5);
    await call.result;
    expect(received).toBe(100);
  });

  test('nothing is shared: what one side changes later does not reach the other', async () => {
    const sent = { bytes: Uint8Array.of(1, 2, 3) };
    const { client } = openConnection({
      'bytes.stream': (_params, { progress }) => {
        progress(sent);
        sent.bytes.fill(9);
        return {};
      },
    });
    const received: number[][] = [];
    await client.request('bytes.stream', {}, { onProgress: ({ bytes }) => received.push([...bytes]) });
    expect(received).toEqual([[1, 2, 3]]);
  });

  test.each(['page', 'main'] as const)(
    'a close by the %s ends calls on one side and aborts them on the other',
    async (side) => {
      let aborted: AbortSignal | undefined;
      const connection = openConnection({
        'bytes.stream': (_params, { signal }) => {
          aborted = signal;
          return new Promise(() => {});
        },
      });
      const outcome = rejection(connection.client.request('bytes.stream', {}));
      await Promise.resolve();
      connection[side].close(new AsideError('disconnected', 'gone', { details: {} }));
      expect(await outcome).toMatchObject({ code: 'disconnected', message: 'gone' });
      expect(aborted?.aborted).toBe(true);
    },
  );

  test('events reach the page, typed', async () => {
    const { client, server } = openConnection();
    const heard = new Promise<number>((resolve) => client.on('clock.ticked', ({ n }) => resolve(n)));
    server.emit('clock.ticked', { n: 12 });
    expect(await heard).toBe(12);
  });
});
