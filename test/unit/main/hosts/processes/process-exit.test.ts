import { expect, it } from 'vitest';
import { type ExitReason, reasonOf } from '../../../../../main/hosts/processes/process-exit.ts';

const FULL = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory';

it.each<[exitCode: number | null, signal: string | null, lastLines: string[], reason: ExitReason]>([
  [0, null, [], 'clean'],
  [1, null, [], 'failed'],
  [255, null, [FULL], 'failed'],
  [null, 'SIGTERM', [], 'killed'],
  [null, 'SIGKILL', [FULL], 'killed'],
  [null, 'SIGSEGV', [], 'crashed'],
  [null, 'SIGABRT', [], 'crashed'],
  [null, 'SIGABRT', ['<--- Last few GCs --->', FULL], 'out-of-memory'],
  // Windows: STATUS_ACCESS_VIOLATION, also as the signed number that it is to some; a breakpoint is but a warning.
  [0xc0000005, null, [], 'crashed'],
  [-1073741819, null, [], 'crashed'],
  [0x80000003, null, [], 'failed'],
  [null, null, [], 'unknown'],
])('exit code %j, signal %j, %j: %s', (exitCode, signal, lastLines, reason) => {
  expect(reasonOf({ exitCode, signal }, lastLines)).toBe(reason);
});
