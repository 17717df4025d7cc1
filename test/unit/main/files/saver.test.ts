import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSaver } from '../../../../main/files/saver.ts';
import { createDeferred, type Deferred } from '../../../../protocol/contract/deferred.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A saver whose writings end when the test says so. */
function openSaver() {
  const written: string[] = [];
  const writings: Deferred<void>[] = [];
  const failures: unknown[] = [];
  const saver = createSaver<string>({
    write: (value) => {
      written.push(value);
      const writing = createDeferred<void>();
      writings.push(writing);
      return writing.promise;
    },
    delayMs: 300,
    maxDelayMs: 1_000,
    onFailure: (error) => failures.push(error),
  });
  const end = async (error?: Error): Promise<void> => {
    const writing = writings.shift();
    if (error) writing?.reject(error);
    else writing?.resolve();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { saver, written, failures, end };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('when', () => {
  test('a value is written after the quiet time, and not before', async () => {
    const { saver, written } = openSaver();
    saver.save('a');
    await pass(299);
    expect(written).toEqual([]);
    await pass(1);
    expect(written).toEqual(['a']);
  });

  test('each change starts the quiet time anew, and only the last value is written', async () => {
    const { saver, written } = openSaver();
    for (const value of ['a', 'b', 'c']) {
      saver.save(value);
      await pass(200);
    }
    await pass(99);
    expect(written).toEqual([]);
    await pass(1);
    expect(written).toEqual(['c']);
  });

  test('changes without a pause are written after the longest delay', async () => {
    const { saver, written } = openSaver();
    for (let i = 0; i < 10; i++) {
      saver.save(`${i}`);
      await pass(100);
    }
    expect(written).toEqual(['9']);
  });

  test('flush writes at once and waits for the end of it', async () => {
    const { saver, written, end } = openSaver();
    saver.save('a');
    let isFlushed = false;
    const flushed = saver.flush().then(() => {
      isFlushed = true;
    });
    await pass(0);
    expect({ written, isFlushed }).toEqual({ written: ['a'], isFlushed: false });
    await end();
    await flushed;
  });

  test('flush without a change writes nothing', async () => {
    const { saver, written } = openSaver();
    await saver.flush();
    expect(written).toEqual([]);
  });

  test('what flush has written is not written again when the quiet time ends', async () => {
    const { saver, written, end } = openSaver();
    saver.save('a');
    const flushed = saver.flush();
    await pass(0);
    await end();
    await flushed;
    await pass(5_000);
    expect(written).toEqual(['a']);
  });
});

describe('one at a time', () => {
  test('a change during a writing is written after it', async () => {
    const { saver, written, end } = openSaver();
    saver.save('a');
    await pass(300);
    saver.save('b');
    await pass(10_000);
    expect(written).toEqual(['a']);
    await end();
    expect(written).toEqual(['a', 'b']);
  });
});

describe('failure', () => {
  test('is reported, and the value is written with the next flush', async () => {
    const { saver, written, failures, end } = openSaver();
    saver.save('a');
    await pass(300);
    await end(new Error('full'));
    expect(failures).toEqual([new Error('full')]);
    void saver.flush();
    await pass(0);
    expect(written).toEqual(['a', 'a']);
  });

  test('does not bring an old value back over a newer one', async () => {
    const { saver, written, end } = openSaver();
    saver.save('a');
    await pass(300);
    saver.save('b');
    await end(new Error('full'));
    await pass(300);
    expect(written).toEqual(['a', 'b']);
  });

  test('is not tried again without a change', async () => {
    const { saver, written, end } = openSaver();
    saver.save('a');
    await pass(300);
    await end(new Error('full'));
    await pass(60_000);
    expect(written).toEqual(['a']);
  });
});
