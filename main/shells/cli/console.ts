import type { Readable, Writable } from 'node:stream';

/** Where a command writes and what interrupts it: the real process in the CLI, anything else in tests. */
export interface Console {
  /** Results. */
  readonly stdout: Writable;
  /** Progress and failures. */
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly stdin: Readable;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal;
}
