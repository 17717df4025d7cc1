import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestResult } from '../fixtures/electron/small-vitest.ts';
import { bundleProgram } from './bundle-program.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/electron/${name}`, import.meta.url));

/** The whole suite starts some forty processes one after the other. */
export const SUITE_LIMIT_MS = 300_000;

export interface SuiteProgram {
  /** The program of Electron's main process, or of plain Node with a stand-in for Electron. */
  readonly execPath: string;
  readonly args?: readonly string[];
  readonly alias?: Readonly<Record<string, string>>;
  /** Only the tests with this in their titles. */
  readonly part?: string;
}

/** Runs the launcher conformance suite inside a program of its own. Rejects when that ends without results. */
export async function runLauncherSuite({
  execPath,
  args = [],
  alias = {},
  part = '',
}: SuiteProgram): Promise<TestResult[]> {
  const program = await bundleProgram(fixture('launcher-suite.ts'), {
    alias: { vitest: fixture('small-vitest.ts'), ...alias },
  });
  const folder = mkdtempSync(join(tmpdir(), 'launcher-suite-'));
  const results = join(folder, 'results.json');
  try {
    await promisify(execFile)(execPath, [program.path, ...args], {
      env: { ...process.env, SUITE_RESULTS: results, SUITE_PART: part },
      timeout: SUITE_LIMIT_MS,
      killSignal: 'SIGKILL',
    });
    return JSON.parse(readFileSync(results, 'utf8')) as TestResult[];
  } finally {
    rmSync(folder, { recursive: true });
    program.remove();
  }
}

/** Plain Node, with a fixture of `fixtures/electron` in place of Electron. */
export function inNode(standIn: 'electron-stand-in.ts' | 'electron-with-a-fault.ts'): SuiteProgram {
  return { execPath: process.execPath, alias: { electron: fixture(standIn) } };
}
