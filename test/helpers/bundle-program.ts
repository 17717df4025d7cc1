import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Plugin, rolldown } from 'rolldown';

export interface BundledProgram {
  /** Absolute path of a file that plain Node can run. */
  readonly path: string;
  remove(): void;
}

/**
 * Makes a program of the tests, which is TypeScript, into one that a process of its own can run. `alias` names modules
 * that others take the place of, by absolute path; Electron is left for Electron to provide.
 */
export async function bundleProgram(
  input: string,
  { alias = {} }: { alias?: Readonly<Record<string, string>> } = {},
): Promise<BundledProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'program-'));
  const path = join(folder, 'program.mjs');
  const bundle = await rolldown({
    input,
    platform: 'node',
    external: 'electron' in alias ? [] : ['electron'],
    resolve: { alias },
    plugins: [keepOwnUrls, findTestRunner],
  });
  await bundle.write({ file: path, codeSplitting: false }); // one file, with what it loads late
  await bundle.close();
  return { path, remove: () => rmSync(folder, { recursive: true }) };
}

/** Fixtures find the files beside themselves also from within a bundle that lies elsewhere. */
const keepOwnUrls: Plugin = {
  name: 'keep-own-urls',
  transform: (code, id) =>
    code.includes('import.meta.url') && !id.includes('node_modules')
      ? code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
      : null,
};

/** Too large to be bundled, and not to be found from where the bundle lies. */
const findTestRunner: Plugin = {
  name: 'find-test-runner',
  resolveId: (source) =>
    source === '@playwright/test' ? { id: import.meta.resolve('@playwright/test'), external: true } : null,
};
