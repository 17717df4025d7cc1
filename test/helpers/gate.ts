import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Holds a scripted engine at `{{until <path>}}` for as long as a test wants, on a machine of any speed. */
export interface Gate {
  readonly path: string;
  /** Who waits goes on, and who comes later does not wait. */
  open(): void;
}

/** For the test that runs; what it needs on disk goes with the test. */
export function createGate(): Gate {
  const folder = mkdtempSync(join(tmpdir(), 'aside-gate-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'open');
  return { path, open: () => writeFileSync(path, '') };
}
