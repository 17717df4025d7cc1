import { describe, expect, it } from 'vitest';
import { createBatchReport } from '../../../../../main/shells/cli/batch-report.ts';
import { keptOutput } from '../../../../helpers/terminal-output.ts';

const ITEMS = ['alpha.txt', 'bravo.txt', 'a name that is too long for one line.txt', ''].map((input, at) => ({
  input,
  out: `/audio/${at}.wav`,
  weight: 100,
  doneBefore: 0,
}));
const HALF = { charsDone: 41, charsTotal: 100, audioMs: 0, timesRealTime: 0, remainingMs: 50_000 };

/** What stands on stdout and stderr after one run. */
function shown({ isTTY, isJson }: { isTTY: boolean; isJson: boolean }): [stdout: string, stderr: string] {
  const [stdout, stderr] = [keptOutput({ isTTY }), keptOutput({ isTTY })];
  const report = createBatchReport(ITEMS, isJson, {
    ...{ stdout, stderr, stdin: process.stdin, env: {} },
    interrupted: new AbortController().signal,
  });
  report.begin('/audio/0.wav');
  report.progress('/audio/0.wav', HALF);
  report.notice('/audio/0.wav', { kind: 'room-again' });
  report.outcome({ ...ITEMS[0], input: 'alpha.txt', out: '/audio/0.wav', kind: 'cancelled' });
  for (const out of ['/audio/2.wav', '/audio/3.wav']) {
    report.begin(out);
    report.outcome({ input: '', out, kind: 'cancelled' });
  }
  report.end();
  return [stdout.text(), stderr.text()];
}

describe('createBatchReport', () => {
  it('shows on a terminal the file at work, which it is of how many, and how far it and all are', () => {
    const [stdout, stderr] = shown({ isTTY: true, isJson: false });
    expect(stdout).toBe('');
    expect(stderr).toMatch(/1 of 4 alpha\.txt 0 % {2}all ░{12} 0 %/u);
    expect(stderr).toMatch(/1 of 4 alpha\.txt 41 %, 0:50 left {2}all █░{11} 10 %/u);
    expect(stderr).toContain('3 of 4 a name that is too long… 0 %');
    expect(stderr).toContain('4 of 4 3.wav 0 %');
  });

  it('shows nothing after a text that was cancelled, as all are then: what is left would look done', () => {
    const [stdout, stderr] = [keptOutput({ isTTY: true }), keptOutput({ isTTY: true })];
    const interrupted = new AbortController().signal;
    const report = createBatchReport(ITEMS, false, { stdout, stderr, stdin: process.stdin, env: {}, interrupted });
    for (const { out } of ITEMS) report.begin(out);
    const before = stderr.text().length;
    for (const { input, out } of ITEMS) report.outcome({ input, out, kind: 'cancelled' });
    expect(stderr.text().slice(before)).not.toContain('%');
  });

  it.each([
    ['no terminal', { isTTY: false, isJson: false }],
    ['a program reads', { isTTY: true, isJson: true }],
  ])('shows only what is to be said where %s', (_, where) => {
    expect(shown(where)).toEqual(['', 'aside: 0.wav: there is room again; going on\n']);
  });
});
