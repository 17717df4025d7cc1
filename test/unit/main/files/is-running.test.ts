import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { expect, it, onTestFinished } from 'vitest';
import { isRunning } from '../../../../main/files/is-running.ts';
import { waitUntil } from '../../../helpers/wait-for.ts';

it('knows one that runs from one that has ended', async () => {
  expect(isRunning(process.pid)).toBe(true);
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  expect(isRunning(child.pid ?? 0)).toBe(false);
});

it.runIf(process.platform === 'linux')(
  'does not take for running what its parent has only not asked about',
  async () => {
    // The shell becomes a program that knows nothing of the child that the shell has begun.
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [line] = await once(parent.stdout, 'data');
    const pid = Number(String(line));
    expect(isRunning(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
    await waitUntil(() => !isRunning(pid));
    expect(() => process.kill(pid, 0)).not.toThrow(); // it is still in the table
  },
);
