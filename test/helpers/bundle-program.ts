import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

export interface BundledProgram {
  /** Absolute path of a file that plain Node can run. */
  readonly path: string;
  remove(): void;
}

/** Makes a program of the tests, which is TypeScript, into one that a process of its own can run. */
export async function bundleProgram(input: string): Promise<BundledProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'program-'));
  const path = join(folder, 'program.mjs');
  const bundle = await rolldown({ input, platform: 'node' });
  await bundle.write({ file: path });
  await bundle.close();
  return { path, remove: () => rmSync(folder, { recursive: true }) };
}
