import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Voice } from '../../../protocol/model/voice.ts';
import { cleanUpLater } from '../harness/cleanup.ts';

/** What `rate: 1` of the espeak engine means to the command: words a minute. */
const NORMAL_WPM = '175';
const CLI_PATH = fileURLToPath(new URL('../main/cli.js', import.meta.url));

/** Runs a program to its end. Resolves with the seconds from spawn to exit; rejects unless it ends with 0. */
export async function timed(program: string, args: readonly string[], cwd?: string): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  const forget = cleanUpLater(() => child.kill('SIGKILL'));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  }).finally(forget);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with exit code ${code}`);
  return (performance.now() - startedMs) / 1000;
}

/** One `espeak-ng` for each `.txt` in the folder, two at a time, each into a WAV file beside its text. */
export function espeakOnAll(voice: Voice, folder: string): Promise<number> {
  const command = `espeak-ng -v ${voice.id.replace(/^espeak:/u, '')} -s ${NORMAL_WPM} -f {} -w {}.wav`;
  return timed('sh', ['-c', `ls *.txt | xargs -P2 -I{} ${command}`], folder);
}

/** The built `aside` command. */
export function aside(args: readonly string[]): Promise<number> {
  return timed(process.execPath, [CLI_PATH, ...args]);
}

/** Starts it, to be killed. */
export function startAside(args: readonly string[]): { hasEnded(): boolean; kill(): Promise<void> } {
  const child = spawn(process.execPath, [CLI_PATH, ...args], { stdio: 'ignore' });
  const forget = cleanUpLater(() => child.kill('SIGKILL'));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve())).finally(forget);
  return {
    hasEnded: () => child.exitCode !== null,
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}
