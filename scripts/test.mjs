import './set-up/require-node.mjs';
import { ensureElectron } from './electron/fetch-electron.mjs';
import { ensureBuilt, everythingForTests } from './set-up/build.mjs';
import { ensureInstalled } from './set-up/install.mjs';
import { runMain, SetUpError } from './set-up/main.mjs';
import { runChecks } from './testing/checks.mjs';
import { findChromium } from './testing/find-program.mjs';
import { report } from './testing/outcome.mjs';
import { runPlaywright, runVitest } from './testing/suites.mjs';
import { ensureSystemPackages, howToGet } from './testing/system-packages.mjs';

/** @typedef {import('./testing/outcome.mjs').SuiteResult} SuiteResult */

const SUITES = ['check', 'vitest', 'e2e'];
const USAGE = `npm test [-- <suite> …]    installs and builds what is missing, then runs every suite, or the ones named

  check     format, lint, module boundaries, types, unused code, lock file
  vitest    unit, conformance and integration tests
  e2e       end-to-end tests with Playwright, in Chromium and in Electron
`;

/** `npm test`. The last line of its output is `N passed, N failed, N skipped`, summed over the suites. */
await runMain(async () => {
  const named = process.argv.slice(2).filter((option) => option !== '--only');
  const unknown = named.find((name) => !SUITES.includes(name));
  if (unknown !== undefined) throw new SetUpError(`There is no suite ${unknown}.\n\n${USAGE}`, 2);
  const results = await runSuites(named.length === 0 ? SUITES : named);
  console.log(`\n${report(results).join('\n')}`);
  return results.every(({ failed }) => failed === 0) ? 0 : 1;
});

/**
 * @param {readonly string[]} names
 * @returns {Promise<SuiteResult[]>}
 */
async function runSuites(names) {
  await ensureInstalled();
  /** @type {SuiteResult[]} */
  const results = [];
  if (names.includes('check')) {
    console.log('\nchecks');
    results.push({ name: 'checks', ...(await runChecks()) });
  }
  if (names.length === 1 && results.length === 1) return results;

  const electron = names.includes('e2e') ? await ensureElectron({ asked: false }) : null;
  if (electron?.path === null) console.log(`\nElectron's tests will be skipped: ${electron.why}.`);
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  const needsDisplay = electron?.path != null && !hasDisplay;

  const system = await prepareSystem(needsDisplay);
  if (system !== null) results.push(system);
  const broken = await tryToBuild();
  if (broken !== null) return [...results, broken];

  if (names.includes('vitest')) results.push(await runVitest());
  if (names.includes('e2e'))
    results.push(await runPlaywright({ hasBrowser: (await findChromium()) !== null, needsDisplay }));
  return results;
}

/**
 * @param {boolean} withElectron
 * @returns {Promise<SuiteResult | null>} what is missing: failures in CI, else skips; null when nothing is
 */
async function prepareSystem(withElectron) {
  const missing = await ensureSystemPackages({ withElectron });
  if (missing.length === 0) return null;
  const lines = missing.map((systemPackage) => howToGet(systemPackage, process.platform));
  const isCi = process.env.CI === 'true' || process.env.CI === '1';
  const skips = lines.map((reason) => ({ title: 'system package', reason }));
  return isCi
    ? { name: 'system', passed: 0, failed: lines.length, failures: lines, skips: [] }
    : { name: 'system', passed: 0, failed: 0, failures: [], skips };
}

/** @returns {Promise<SuiteResult | null>} null when it is built */
async function tryToBuild() {
  try {
    await ensureBuilt(everythingForTests);
    return null;
  } catch (error) {
    if (!(error instanceof SetUpError) || error.exitCode !== 1) throw error;
    console.log(error.message);
    return {
      name: 'build',
      passed: 0,
      failed: 1,
      failures: ['the build, see above; nothing that needs it was run'],
      skips: [],
    };
  }
}
