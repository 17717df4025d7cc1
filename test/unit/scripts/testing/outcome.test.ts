import { expect, test } from 'vitest';
import { judge, type Outcome, report } from '../../../../scripts/testing/outcome.mjs';

const good: Outcome = { passed: 3, failed: 0, failures: [], skips: [] };
const ended = { code: 0, signal: null, timedOut: false };

test('a suite whose tests passed and whose process agrees is as it says', () => {
  expect(judge('unit', good, ended)).toEqual({ name: 'unit', ...good });
});

test('a suite with failed tests counts those, not its exit code too', () => {
  expect(judge('unit', { ...good, failed: 2, failures: ['a', 'b'] }, { ...ended, code: 1 }).failed).toBe(2);
});

test.each<[string, Outcome | null, { code: number | null; signal: string | null; timedOut: boolean }, string]>([
  ['ends before it reports', null, { ...ended, code: 1 }, 'before it could report'],
  ['is killed before it reports', null, { ...ended, code: null, signal: 'SIGKILL' }, 'SIGKILL'],
  ['reports success and then fails', good, { ...ended, code: 1 }, 'although no test failed'],
  ['reports success and then crashes', good, { ...ended, code: null, signal: 'SIGSEGV' }, 'SIGSEGV'],
  ['takes too long', good, { code: null, signal: 'SIGTERM', timedOut: true }, 'too long'],
  ['runs no test', { ...good, passed: 0 }, ended, 'ran no test'],
])('a suite that %s has failed', (_what, outcome, ending, why) => {
  const result = judge('unit', outcome, ending);
  expect(result.failed).toBe(1);
  expect(result.failures).toEqual([expect.stringContaining(why)]);
});

test('a suite that skipped all of its tests did run', () => {
  const skips = [{ title: 'a', reason: 'no Electron' }];
  expect(judge('e2e', { ...good, passed: 0, skips }, ended).failed).toBe(0);
});

test('the last line of the report sums up all suites', () => {
  const skip = { title: 'b', reason: 'no Electron' };
  const lines = report([
    { name: 'unit', ...good },
    { name: 'e2e', passed: 4, failed: 1, failures: ['a'], skips: [skip, skip] },
  ]);
  expect(lines.at(-1)).toBe('7 passed, 1 failed, 2 skipped');
});

test('the report names each failure and each reason for skipping once', () => {
  const skip = { title: 'b', reason: 'no Electron' };
  const lines = report([{ name: 'e2e', passed: 4, failed: 1, failures: ['a'], skips: [skip, skip] }]);
  expect(lines.filter((line) => line.startsWith('SKIPPED'))).toEqual(['SKIPPED 2 of e2e: no Electron']);
  expect(lines.filter((line) => line.startsWith('FAILED'))).toEqual(['FAILED e2e: a']);
});

test('a failure takes one line of the report, however long its message is', () => {
  const lines = report([{ name: 'e2e', passed: 4, failed: 1, failures: ['Error: x\n    at y'], skips: [] }]);
  expect(lines.filter((line) => line.startsWith('FAILED'))).toEqual(['FAILED e2e: Error: x']);
});
