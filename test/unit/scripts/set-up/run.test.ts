import { expect, onTestFinished, test, vi } from 'vitest';
import { createDeferred } from '../../../../protocol/contract/deferred.ts';
import { exitCodeOf, run } from '../../../../scripts/set-up/run.mjs';
import { isRunning } from '../../../helpers/is-running.ts';
import { waitFor } from '../../../helpers/wait-for.ts';

const node = (code: string, options = {}) => run(process.execPath, ['-e', code], { output: 'collect', ...options });

test('collects what a program says on both streams, without colours', async () => {
  const { text } = await node('console.log("\\x1b[31mred\\x1b[0m"); console.error("é😀")');
  expect(text).toContain('red\n');
  expect(text).toContain('é😀\n');
});

test('passes on the exit code', async () => {
  expect(exitCodeOf(await node('process.exitCode = 7'))).toBe(7);
});

test('a program that a signal ended has the exit code a shell would give it', async () => {
  expect(exitCodeOf(await node('process.kill(process.pid, "SIGKILL")'))).toBe(137);
});

test('a program that does not exist is a result, not an exception', async () => {
  const result = await run('no-such-program-anywhere', []);
  expect(result.error?.message).toContain('ENOENT');
  expect(exitCodeOf(result)).toBe(127);
});

test('gives stdout line by line to who asks for it', async () => {
  const lines: string[] = [];
  await run(process.execPath, ['-e', 'process.stdout.write("one\\ntw"); process.stdout.write("o\\nthree")'], {
    onLine: (line: string) => lines.push(line),
  });
  expect(lines).toEqual(['one', 'two', 'three']);
});

test('a program that takes too long is ended', async () => {
  const result = await node('setInterval(() => {}, 1000)', { limitMs: 50 });
  expect(result).toMatchObject({ timedOut: true, signal: 'SIGTERM' });
});

test('a program that will not end is killed with what it started', async () => {
  const stubborn = `
    const { spawn } = require('node:child_process');
    process.on('SIGTERM', () => {});
    const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)']);
    child.once('spawn', () => console.log(child.pid));
    setInterval(() => {}, 1000);`;
  const started = createDeferred<string>();
  // Time is ours, so that it is over when the program is deaf, and not before.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const ending = run(process.execPath, ['-e', stubborn], { onLine: started.resolve, limitMs: 3_000, graceMs: 50 });
  const child = Number(await started.promise);
  vi.advanceTimersByTime(3_050);
  vi.useRealTimers();
  expect(await ending).toMatchObject({ timedOut: true, signal: 'SIGKILL' });
  await waitFor(() => expect(isRunning(child)).toBe(false));
});
