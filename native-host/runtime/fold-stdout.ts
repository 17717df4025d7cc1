import process from 'node:process';
import type { Worker } from 'node:worker_threads';

/**
 * Sends what this program and its engine thread (started with `stdout: true`), if any, print to stderr, so that only diagnostics
 * leave a host. Native code that writes to the file descriptor is caught once the C library is at hand (`Libc.duplicate`).
 */
export function foldStdoutIntoStderr(engineThread: Worker | undefined): void {
  Object.defineProperty(process, 'stdout', { configurable: true, get: () => process.stderr });
  engineThread?.stdout.pipe(process.stderr);
}
