import { expect, test, vi } from 'vitest';
import { createLog } from '../../../../../main/logging/log.ts';
import { createOrderlyQuit, QUIT_TIMEOUT_MS } from '../../../../../main/shells/electron/orderly-quit.ts';
import { createDeferred } from '../../../../../protocol/contract/deferred.ts';
import { createManualTimers } from '../../../../helpers/manual-timers.ts';
import { waitFor } from '../../../../helpers/wait-for.ts';

function makeQuit() {
  const closing = createDeferred<void>();
  const close = vi.fn(() => closing.promise);
  const exit = vi.fn<(exitCode: number) => void>();
  const timers = createManualTimers();
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), level: 'debug' });
  const onWillQuit = createOrderlyQuit({ close, exit, timers, log });
  const event = { preventDefault: vi.fn() };
  return { closing, close, exit, timers, lines, event, quit: () => onWillQuit(event) };
}

test('holds the quit up until all is closed, then exits with 0', async () => {
  const { closing, exit, timers, event, quit } = makeQuit();

  quit();
  expect(event.preventDefault).toHaveBeenCalledOnce();
  expect(exit).not.toHaveBeenCalled();
  closing.resolve();
  await waitFor(() => expect(exit.mock.calls).toEqual([[0]]));

  expect(timers.pending).toBe(0);
});

test('a second quit on the way is held up too, and closes nothing twice', () => {
  const { close, event, quit } = makeQuit();

  quit();
  quit();

  expect(event.preventDefault).toHaveBeenCalledTimes(2);
  expect(close).toHaveBeenCalledOnce();
});

test('does not wait for ever', async () => {
  const { closing, exit, timers, lines, quit } = makeQuit();
  quit();

  timers.advance(QUIT_TIMEOUT_MS);
  closing.resolve();
  await closing.promise;

  expect(exit.mock.calls).toEqual([[1]]);
  expect(lines.join('')).toContain('closing takes too long');
});

test('exits also when closing fails, and logs why', async () => {
  const { closing, exit, lines, quit } = makeQuit();
  quit();

  closing.reject(new Error('disk on fire'));
  await waitFor(() => expect(exit.mock.calls).toEqual([[1]]));

  expect(lines.join('')).toContain('disk on fire');
});
