import { type ChildProcess, spawn } from 'node:child_process';
import type { Voice } from '../../../protocol/model/voice.ts';
import { cleanUpLater } from './cleanup.ts';

/** What `rate: 1` of the espeak engine means to the command: words a minute. */
const NORMAL_WPM = '175';
const WAV_HEADER_BYTES = 44;

const commonArgs = (voice: Voice): string[] => ['-v', voice.id.replace(/^espeak:/u, ''), '-s', NORMAL_WPM];

/** `espeak-ng -w`: text file to WAV file. Resolves with the seconds from spawn to exit. */
export async function writeWavByCommand(voice: Voice, textPath: string, wavPath: string): Promise<number> {
  const startedMs = performance.now();
  const { ended } = run([...commonArgs(voice), '-f', textPath, '-w', wavPath], 'ignore');
  const { code } = await ended;
  if (code !== 0) throw new Error(`espeak-ng -w ended with exit code ${code}`);
  return (performance.now() - startedMs) / 1000;
}

/** `espeak-ng --stdout` with one text: milliseconds from spawn to its first byte of audio. It is killed then. */
export async function firstAudioByCommand(voice: Voice, text: string): Promise<number> {
  const startedMs = performance.now();
  const { child, ended } = run([...commonArgs(voice), '--stdout', '--', text], 'pipe');
  const firstMs = await new Promise<number>((resolve, reject) => {
    let bytes = 0;
    child.stdout?.on('data', (chunk: Uint8Array) => {
      bytes += chunk.byteLength;
      if (bytes > WAV_HEADER_BYTES) resolve(performance.now() - startedMs);
    });
    ended.then(({ code }) => reject(new Error(`espeak-ng --stdout made no audio: exit code ${code}`)), reject);
  });
  child.kill('SIGKILL');
  await ended;
  return firstMs;
}

/** Kills `espeak-ng --stdout` in the middle of a long text. Milliseconds from the kill to its exit. */
export async function killCommand(voice: Voice, text: string): Promise<number> {
  const { child, ended } = run([...commonArgs(voice), '--stdout', '--stdin'], 'pipe');
  child.stdin?.end(text);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  child.stdout?.resume();
  const killedMs = performance.now();
  child.kill('SIGKILL');
  return (await ended).atMs - killedMs;
}

function run(
  args: readonly string[],
  stdout: 'ignore' | 'pipe',
): { child: ChildProcess; ended: Promise<{ code: number | null; atMs: number }> } {
  const child = spawn('espeak-ng', args, { stdio: [stdout, stdout, 'ignore'] });
  const forget = cleanUpLater(() => child.kill('SIGKILL'));
  child.stdin?.on('error', () => {}); // it was killed before it had read all of its text
  const ended = new Promise<{ code: number | null; atMs: number }>((resolve, reject) => {
    child.once('error', (cause) => reject(missing(cause)));
    child.once('exit', (code) => resolve({ code, atMs: performance.now() }));
  }).finally(forget);
  return { child, ended };
}

function missing(cause: Error): Error {
  return new Error(
    `espeak-ng, which the numbers are compared with, could not be run (${cause.message}). ` +
      'Install it: on Debian, apt-get install espeak-ng',
    { cause },
  );
}
