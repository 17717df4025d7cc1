import process from 'node:process';

/**
 * Sends what this program and its threads print to stderr, so that only diagnostics leave a host. Native code that writes
 * to the file descriptor itself is caught once the C library is at hand (`Libc.duplicate`).
 */
export function foldStdoutIntoStderr(): void {
  Object.defineProperty(process, 'stdout', { configurable: true, get: () => process.stderr });
}
