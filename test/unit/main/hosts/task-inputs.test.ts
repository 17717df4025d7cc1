import { describe, expect, it } from 'vitest';
import { openInputs } from '../../../../main/hosts/task-inputs.ts';
import { createDeferred } from '../../../../protocol/contract/deferred.ts';
import { settle } from '../../../helpers/fake-launcher.ts';

describe('the inputs of a task', () => {
  it('are read one by one from anything that can be iterated, without waiting where none is needed', async () => {
    const array = openInputs(['a']);
    expect([array.next(), array.next()]).toEqual([
      { done: false, value: 'a' },
      { done: true, value: undefined },
    ]);
    const stream = openInputs(
      (async function* () {
        yield 'b';
      })(),
    );
    expect([await stream.next(), await stream.next()]).toEqual([
      { done: false, value: 'b' },
      { done: true, value: undefined },
    ]);
  });

  it.each(['sync', 'async'])('of a %s source that is left early are cleaned up once', async (kind) => {
    let cleaned = 0;
    function* sync(): Generator<number> {
      try {
        for (let n = 0; ; n += 1) yield n;
      } finally {
        cleaned += 1;
      }
    }
    async function* async(): AsyncGenerator<number> {
      yield* sync();
    }
    const input = openInputs<number>(kind === 'sync' ? sync() : async());
    await input.next();
    await input.close();
    await input.close();
    expect(cleaned).toBe(1);
  });

  it('that came to their end, or threw, are not asked to clean up', async () => {
    let asked = 0;
    const source = (next: () => IteratorResult<number>) => ({
      [Symbol.iterator]: () => ({
        next,
        return: () => {
          asked += 1;
          return { done: true as const, value: undefined };
        },
      }),
    });
    const ended = openInputs(source(() => ({ done: true, value: undefined })));
    await ended.next();
    await ended.close();
    const thrown = openInputs(
      source(() => {
        throw new Error('no more');
      }),
    );
    expect(() => thrown.next()).toThrow('no more');
    await thrown.close();
    expect(asked).toBe(0);
  });

  it('do not hold up who leaves while they are still asked for the next, and clean up then', async () => {
    const gate = createDeferred<void>();
    let isCleaned = false;
    async function* waits(): AsyncGenerator<number> {
      try {
        await gate.promise;
        yield 1;
      } finally {
        isCleaned = true;
      }
    }
    const input = openInputs(waits());
    void input.next();
    await input.close();
    expect(isCleaned).toBe(false);
    gate.resolve();
    await settle();
    expect(isCleaned).toBe(true);
  });

  it('tell who leaves what they throw as they clean up', async () => {
    function* clumsy(): Generator<number> {
      try {
        yield 1;
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: what a source does wrong is what this is about
        throw new Error('clumsy');
      }
    }
    const input = openInputs(clumsy());
    await input.next();
    await expect(input.close()).rejects.toThrow('clumsy');
  });
});
