import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Work } from '../../../../native-host/audio/work.ts';
import { createFakeEngineCall } from '../../../helpers/fake-engine-call.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('tells how much it has done, at most ten times a second', () => {
  const { call, items } = createFakeEngineCall<{ bytes: number }>();
  const work = new Work(call, 'piece.encode');
  for (let i = 0; i < 25; i++) {
    work.did(10);
    vi.advanceTimersByTime(20);
  }
  expect(items).toEqual([{ bytes: 60 }, { bytes: 110 }, { bytes: 160 }, { bytes: 210 }]);
});

it('ends with the first block after the call was cancelled', () => {
  const { call, abort } = createFakeEngineCall<{ bytes: number }>();
  const work = new Work(call, 'piece.encode');
  work.did(1);
  abort();
  expect(() => work.did(1)).toThrowError(expect.objectContaining({ code: 'request-cancelled' }));
});

it('tells that it is still there while the disk takes its time', async () => {
  const { call, items } = createFakeEngineCall<{ bytes: number }>();
  const work = new Work(call, 'file.finish');
  work.did(7);
  let written: (() => void) | undefined;
  const waiting = work.during(new Promise<void>((resolve) => (written = resolve)));
  vi.advanceTimersByTime(29_000);
  expect(items.length).toBe(29);
  expect(items[0]).toEqual({ bytes: 7 });
  written?.();
  await waiting;
  vi.advanceTimersByTime(5_000);
  expect(items.length).toBe(29);
});
