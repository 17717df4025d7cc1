import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, unlessInterrupted } from '../set-up/run.mjs';
import { judge } from './outcome.mjs';

/** @typedef {import('./outcome.mjs').SuiteResult} SuiteResult */
/** @typedef {import('./outcome.mjs').Outcome} Outcome */

/** A suite that hangs must not take the whole run with it; a busy machine may need ten times what an idle one does. */
const LIMIT_MS = 40 * 60_000;

/** Unit, conformance and integration tests. @returns {Promise<SuiteResult>} */
export function runVitest() {
  return runSuite('vitest', process.execPath, ['node_modules/vitest/vitest.mjs', 'run']);
}

/**
 * End-to-end tests.
 * @param {{ hasBrowser: boolean, needsDisplay: boolean }} options
 * @returns {Promise<SuiteResult>}
 */
export async function runPlaywright({ hasBrowser, needsDisplay }) {
  const projects = hasBrowser ? [] : ['--project=electron'];
  const command = [process.execPath, 'node_modules/@playwright/test/cli.js', 'test', ...projects];
  const [program = '', ...args] = needsDisplay ? ['xvfb-run', '-a', ...command] : command;
  const result = await runSuite('playwright', program, args);
  if (hasBrowser) return result;
  return {
    ...result,
    skips: [...result.skips, { title: 'all in the browser', reason: 'BROWSER NOT RUN: no Chromium here' }],
  };
}

/**
 * @param {string} name
 * @param {string} program
 * @param {readonly string[]} args
 */
async function runSuite(name, program, args) {
  const folder = mkdtempSync(join(tmpdir(), 'aside-test-'));
  const file = join(folder, 'outcome.json');
  try {
    const ending = unlessInterrupted(
      await run(program, args, { limitMs: LIMIT_MS, env: { ASIDE_OUTCOME_FILE: file } }),
    );
    return judge(name, readOutcome(file), ending);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file @returns {Outcome | null} */
function readOutcome(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null; // The suite ended before its reporter wrote it; judge() says so.
  }
}
