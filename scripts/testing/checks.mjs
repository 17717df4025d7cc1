import { exitCodeOf, run, unlessInterrupted } from '../set-up/run.mjs';

/** The static checks: what each looks at, and the program that does. */
const checks = [
  { title: 'format and lint', command: ['node_modules/@biomejs/biome/bin/biome', 'check', '.'] },
  { title: 'types', command: ['node_modules/typescript/bin/tsc', '-b'] },
  { title: 'unused files, exports and packages', command: ['node_modules/knip/bin/knip.js'] },
  { title: 'module boundaries', command: ['scripts/check-boundaries.mjs'] },
  { title: 'lock file', command: ['scripts/check-lockfile.mjs'] },
];

/**
 * Runs them side by side; shows what they say when they fail.
 * @returns {Promise<import('./outcome.mjs').Outcome>}
 */
export async function runChecks() {
  const endings = await Promise.all(checks.map(({ command }) => run(process.execPath, command, { output: 'collect' })));
  const failures = [];
  for (const [i, { title }] of checks.entries()) {
    const ending = unlessInterrupted(/** @type {import('../set-up/run.mjs').RunResult} */ (endings[i]));
    const code = exitCodeOf(ending);
    if (code !== 0) failures.push(title);
    console.log(code === 0 ? `  ok  ${title}` : `FAIL  ${title}\n${ending.text}`);
  }
  return { passed: checks.length - failures.length, failed: failures.length, failures, skips: [] };
}
