import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import type { BundledProgram } from './bundle-program.ts';

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Makes a program in test/fixtures/models into one that a process of its own can run, with further ones (threads, hosts)
 * beside it: all in one folder, each under its own name, and their `import.meta.url` is where they then lie. koffi stays
 * outside, because it loads a native file beside itself; they find it through a link.
 */
export function bundleModel(name: string, ...beside: string[]): Promise<BundledProgram> {
  return bundleFixtures('models', name, ...beside);
}

/** The same for the programs of any folder in test/fixtures. */
export async function bundleFixtures(from: string, name: string, ...beside: string[]): Promise<BundledProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'model-'));
  symlinkSync(fromHere('../../node_modules'), join(folder, 'node_modules'), 'junction');
  const outputOf = (program: string): string => join(folder, `${program}.mjs`);
  for (const program of [name, ...beside]) {
    const bundle = await rolldown({
      input: fromHere(`../fixtures/${from}/${program}.ts`),
      platform: 'node',
      external: ['koffi'],
    });
    await bundle.write({ file: outputOf(program), codeSplitting: false });
    await bundle.close();
  }
  return { path: outputOf(name), remove: () => rmSync(folder, { recursive: true }) };
}
