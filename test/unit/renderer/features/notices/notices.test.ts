import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AsideError } from '../../../../../protocol/errors.ts';
import { createNotices, type Notice } from '../../../../../renderer/features/notices/notices.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const notice = (key: string, lastsMs: number | null = null): Notice => ({ key, intent: 'info', title: key, lastsMs });
const keysOf = (notices: ReturnType<typeof createNotices>): string[] => notices.store.getState().map(({ key }) => key);

test('a notice takes the place of the one with the same key', () => {
  const notices = createNotices();
  notices.show({ ...notice('a'), title: 'first' });
  notices.show({ ...notice('a'), title: 'second' });

  expect(notices.store.getState().map(({ title }) => title)).toEqual(['second']);
});

test('goes away by itself when its time is over, and not before', () => {
  const notices = createNotices();
  notices.show(notice('a', 1_000));
  vi.advanceTimersByTime(999);
  expect(keysOf(notices)).toEqual(['a']);
  vi.advanceTimersByTime(1);

  expect(keysOf(notices)).toEqual([]);
});

test('the time of a notice does not take away the one that took its place', () => {
  const notices = createNotices();
  notices.show(notice('a', 1_000));
  notices.show(notice('a'));
  vi.advanceTimersByTime(10_000);

  expect(keysOf(notices)).toEqual(['a']);
});

test('shows the last three', () => {
  const notices = createNotices();
  for (const key of ['a', 'b', 'c', 'd']) notices.show(notice(key));

  expect(keysOf(notices)).toEqual(['b', 'c', 'd']);
});

test('a problem says what happened and what to do, and stays', () => {
  const notices = createNotices();
  const details = { path: 'x', reason: 'ENOSPC' };
  notices.problem('save', new AsideError('file', 'The disk is full.', { details, remedy: 'Free some space.' }));
  vi.advanceTimersByTime(3_600_000);

  expect(notices.store.getState()).toEqual([
    { key: 'save', intent: 'error', title: 'The disk is full.', detail: 'Free some space.', lastsMs: null },
  ]);
});
