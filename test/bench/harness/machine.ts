import { spawnSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import process from 'node:process';
import { z } from 'zod';

/** Where the numbers come from. */
export const Machine = z.strictObject({
  cpu: z.string(),
  cores: z.int().min(1),
  memoryBytes: z.int().min(0),
  node: z.string(),
  /** `<platform>-<architecture>` as Node names them. */
  platform: z.string(),
  /** Version of the `espeak-ng` command, which is built from the same package as the library; null without one. */
  espeak: z.string().nullable(),
  /** Kinds of engine that the hosts ran, e.g. `espeak native`. */
  engines: z.array(z.string()),
  /** Processes that wanted to run in the minute before the bench began: well below 1 on a quiet machine. */
  loadBefore: z.number().min(0),
});
export type Machine = z.infer<typeof Machine>;

export function describeMachine(engines: readonly string[]): Machine {
  const cores = cpus();
  return {
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryBytes: totalmem(),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    espeak: espeakVersion(),
    engines: [...engines],
    loadBefore: loadavg()[0] ?? 0,
  };
}

function espeakVersion(): string | null {
  const { stdout } = spawnSync('espeak-ng', ['--version'], { encoding: 'utf8' });
  return /text-to-speech: (\S+)/u.exec(stdout ?? '')?.[1] ?? null;
}
