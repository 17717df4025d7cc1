import { execFileSync } from 'node:child_process';
import { closeSync, constants, createReadStream, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Tells when processes that are not our own children are gone, by the system closing what they held. */
export interface Lifeline {
  /** Environment that makes every Node process under it hold the line, from its start to its end. */
  readonly env: Readonly<Record<string, string>>;
  /** Resolves when at least one process has taken hold. */
  readonly held: Promise<void>;
  /** Resolves when the last process that held it is gone. */
  readonly released: Promise<void>;
  /** Frees what it uses, also if nobody ever took hold. */
  close(): void;
}

export function createLifeline(): Lifeline {
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-'));
  const path = join(folder, 'line');
  execFileSync('mkfifo', [path]);
  const stream = createReadStream(path);
  const held = new Promise<void>((resolve) => stream.once('open', () => resolve()));
  const released = new Promise<void>((resolve) => stream.once('end', () => resolve()));
  stream.resume();
  return {
    env: { LIFELINE: path, NODE_OPTIONS: `--import ${fileURLToPath(new URL('./hold-lifeline.mjs', import.meta.url))}` },
    held,
    released,
    close: () => {
      // An open for reading waits for a writer, and would wait for ever.
      closeSync(openSync(path, constants.O_RDWR | constants.O_NONBLOCK));
      stream.destroy();
      rmSync(folder, { recursive: true });
    },
  };
}
