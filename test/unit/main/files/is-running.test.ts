import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
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
    // The shell becomes a program that knows nothing of the child that the shell has begun. Once that
    // program answers the shell is gone, which would have asked.
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec cat'], { stdio: ['pipe', 'pipe', 'ignore'] });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const lines = createInterface({ input: parent.stdout })[Symbol.asyncIterator]();
    const pid = Number((await lines.next()).value);
    parent.stdin.write('are you there?\n');
    expect((await lines.next()).value).toBe('are you there?');
    expect(isRunning(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
    await waitUntil(() => !isRunning(pid));
    expect(() => process.kill(pid, 0)).not.toThrow(); // it is still in the table
  },
);
