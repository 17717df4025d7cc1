/**
 * What a suite's reporter writes down when it ends.
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {readonly string[]} failures titles; may be fewer than `failed`
 * @property {readonly Skip[]} skips every skipped test
 */
/** @typedef {{ title: string, reason: string }} Skip */
/** @typedef {Outcome & { name: string }} SuiteResult */

/**
 * A suite that says that all is well is believed only when its process agrees and a test ran.
 * @param {string} name
 * @param {Outcome | null} outcome null when the suite ended before it could report
 * @param {{ code: number | null, signal: string | null, timedOut: boolean }} ending of its process
 * @returns {SuiteResult}
 */
export function judge(name, outcome, { code, signal, timedOut }) {
  const told = outcome ?? { passed: 0, failed: 0, failures: [], skips: [] };
  const ended = signal === null ? `exit code ${code}` : signal;
  let complaint = null;
  if (timedOut) complaint = `${name} took too long and was ended`;
  else if (outcome === null) complaint = `${name} ended (${ended}) before it could report`;
  else if (told.failed === 0 && code !== 0)
    complaint = `${name} ended with ${ended} although no test failed; it says why above`;
  else if (told.passed + told.failed + told.skips.length === 0) complaint = `${name} ran no test`;
  if (complaint === null) return { name, ...told };
  return { name, ...told, failed: told.failed + 1, failures: [...told.failures, complaint] };
}

/**
 * The report of a whole run. Its last line is for programs too.
 * @param {readonly SuiteResult[]} results
 * @returns {string[]} lines
 */
export function report(results) {
  const width = Math.max(...results.map(({ name }) => name.length));
  return [
    ...results.map((result) => `${result.name.padEnd(width)}  ${counts(result)}`),
    '',
    ...results.flatMap(({ name, skips }) => skipLines(name, skips)),
    ...results.flatMap(({ name, failures }) => failures.map((title) => `FAILED ${name}: ${title.split('\n', 1)[0]}`)),
    counts(total(results)),
  ];
}

/** @param {readonly SuiteResult[]} results */
function total(results) {
  return {
    passed: results.reduce((sum, { passed }) => sum + passed, 0),
    failed: results.reduce((sum, { failed }) => sum + failed, 0),
    skips: results.flatMap(({ skips }) => skips),
  };
}

/** @param {Pick<Outcome, 'passed' | 'failed' | 'skips'>} outcome */
function counts({ passed, failed, skips }) {
  return `${passed} passed, ${failed} failed, ${skips.length} skipped`;
}

/**
 * One line a reason.
 * @param {string} name of the suite
 * @param {readonly Skip[]} skips
 * @returns {string[]}
 */
export function skipLines(name, skips) {
  /** @type {Map<string, number>} */
  const reasons = new Map();
  for (const { reason } of skips) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return [...reasons].map(([reason, count]) => `SKIPPED ${count} of ${name}: ${reason}`);
}
