import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/**
 * What must not outlive a bench, whichever way it ends: temporary folders and the commands that it compares with. Hosts
 * need no entry here: they end with their parent by themselves.
 */
const steps = new Set<() => void>();
let isWatching = false;

/** Runs `step` when the process exits or is told to, unless the returned function has run it before. Last in, first out. */
export function cleanUpLater(step: () => void): () => void {
  watch();
  steps.add(step);
  return () => {
    if (steps.delete(step)) step();
  };
}

export interface TempDir {
  readonly path: string;
  /** Makes an empty file in it and returns its path. */
  makeFile(name: string): string;
  /** Removes it with all that is in it. Idempotent. */
  remove(): void;
}

/** A folder for large files, below the system's one for temporary files (TMPDIR). */
export function makeTempDir(): TempDir {
  const path = mkdtempSync(join(tmpdir(), 'aside-bench-'));
  return {
    path,
    makeFile: (name) => {
      writeFileSync(join(path, name), '');
      return join(path, name);
    },
    remove: cleanUpLater(() => rmSync(path, { recursive: true, force: true, maxRetries: 3 })),
  };
}

function watch(): void {
  if (isWatching) return;
  isWatching = true;
  process.on('exit', () => {
    for (const step of [...steps].reverse()) step();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(128 + constants.signals[signal]));
  }
}
