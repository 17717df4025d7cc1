import { expect, test, vi } from 'vitest';
import { createLog } from '../../../../../main/logging/log.ts';
import { createCrashPath } from '../../../../../main/shells/electron/crash-path.ts';
import { AsideError } from '../../../../../protocol/errors.ts';
import { waitFor } from '../../../../helpers/wait-for.ts';

function makeCrashPath(flushLog: () => Promise<void> = async () => {}) {
  const order: string[] = [];
  const shown: string[] = [];
  const exit = vi.fn<(exitCode: number) => void>();
  const crash = createCrashPath({
    log: createLog({ write: (line) => order.push(line.includes('cannot go on') ? 'log' : line), level: 'debug' }),
    flushLog: () => {
      order.push('flush');
      return flushLog();
    },
    showError: (_title, message) => {
      order.push('show');
      shown.push(message);
    },
    exit,
  });
  return { order, shown, exit, crash };
}

test('logs, shows, writes the log and exits with 1', async () => {
  const { order, shown, exit, crash } = makeCrashPath();

  crash(new Error('out of luck'));
  await waitFor(() => expect(exit.mock.calls).toEqual([[1]]));

  expect(order).toEqual(['log', 'show', 'flush']);
  expect(shown[0]).toContain('out of luck');
});

test('shows the remedy where there is one', () => {
  const { shown, crash } = makeCrashPath();

  crash(new AsideError('refused', 'No.', { details: { reason: 'x' }, remedy: 'Do this.' }));

  expect(shown).toEqual(['No.\n\nDo this.']);
});

test('what follows the first crash is logged and not shown', () => {
  const { order, crash } = makeCrashPath();

  crash(new Error('first'));
  crash(new Error('second'));

  expect(order).toEqual(['log', 'show', 'flush', 'log']);
});

test('a log that cannot be written keeps nobody', async () => {
  const { exit, crash } = makeCrashPath(() => Promise.reject(new Error('disk full')));

  crash('a string');

  await waitFor(() => expect(exit.mock.calls).toEqual([[1]]));
});
