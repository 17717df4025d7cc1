import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { watchAbort } from '../../../../main/hosts/abort-watch.ts';

const listenersAt = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

test('all who wait for a signal are called once, in the order in which they came', () => {
  const abort = new AbortController();
  const called: string[] = [];
  for (const name of ['a', 'b', 'c']) watchAbort(abort.signal, () => called.push(name));
  expect(listenersAt(abort.signal)).toBe(1);
  abort.abort();
  expect([called, listenersAt(abort.signal)]).toEqual([['a', 'b', 'c'], 0]);
});

test('who has left is not called, also when it leaves while others are', () => {
  const abort = new AbortController();
  const called: string[] = [];
  const leaves = ['a', 'b', 'c', 'd'].map((name) =>
    watchAbort(abort.signal, () => {
      called.push(name);
      if (name === 'b') for (const leave of leaves) leave();
    }),
  );
  leaves[0]?.();
  abort.abort();
  expect(called).toEqual(['b']);
});

test('the last to leave takes the listener with it, and who comes then is heard again', () => {
  const abort = new AbortController();
  const called: string[] = [];
  const leaves = ['a', 'b'].map((name) => watchAbort(abort.signal, () => called.push(name)));
  leaves[0]?.();
  expect(listenersAt(abort.signal)).toBe(1);
  for (const leave of leaves) leave();
  expect(listenersAt(abort.signal)).toBe(0);
  watchAbort(abort.signal, () => called.push('c'));
  abort.abort();
  expect(called).toEqual(['c']);
});

test('signals know nothing of each other', () => {
  const [one, other] = [new AbortController(), new AbortController()];
  const called: string[] = [];
  watchAbort(one.signal, () => called.push('one'));
  watchAbort(other.signal, () => called.push('other'));
  other.abort();
  expect(called).toEqual(['other']);
});
