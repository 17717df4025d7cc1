import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const CLI_PATH = fileURLToPath(new URL('../../dist/main/cli.js', import.meta.url));

export interface AsideRun {
  readonly process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly stdout: Promise<Buffer>;
  readonly stderr: Promise<string>;
  readonly exited: Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }>;
}

/**
 * Starts the built `aside` command. Settles with its output when it has ended. With `stdoutFd` stdout goes to that open
 * file, and is empty here.
 */
export function startAside(
  args: readonly string[],
  env: Record<string, string> = {},
  stdoutFd: number | 'pipe' = 'pipe',
): AsideRun {
  const child = spawn(process.execPath, [CLI_PATH, ...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', stdoutFd, 'pipe'],
  }) as AsideRun['process'];
  return {
    process: child,
    stdout: stdoutFd === 'pipe' ? buffer(child.stdout) : Promise.resolve(Buffer.alloc(0)),
    stderr: text(child.stderr),
    exited: new Promise((resolve) => child.on('close', (exitCode, signal) => resolve({ exitCode, signal }))),
  };
}

/** Runs it to its end, with `input` on stdin. */
export async function runAside(
  args: readonly string[],
  options: { input?: string; env?: Record<string, string> } = {},
): Promise<{ exitCode: number | null; stdout: Buffer; stderr: string }> {
  const run = startAside(args, options.env);
  run.process.stdin.end(options.input ?? '');
  const { exitCode } = await run.exited;
  return { exitCode, stdout: await run.stdout, stderr: await run.stderr };
}
