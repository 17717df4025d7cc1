import { writeFileSync } from 'node:fs';
import type { FullConfig, Reporter, Suite, TestCase, TestError } from '@playwright/test/reporter';
import { type Outcome, skipLines } from '../../scripts/testing/outcome.mjs';

/** Says aloud why tests were skipped, and writes the outcome to ASIDE_OUTCOME_FILE for `npm test`. */
class PlaywrightOutcome implements Reporter {
  #suite: Suite | undefined;
  #errors: string[] = [];

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#suite = suite;
  }

  /** Errors outside of tests: a file that cannot be loaded, a set-up that throws. */
  onError(error: TestError): void {
    this.#errors.push(error.message ?? 'an error without a message');
  }

  onEnd(): void {
    const outcome = outcomeOf(this.#suite?.allTests() ?? [], this.#errors);
    for (const line of skipLines('playwright', outcome.skips)) process.stdout.write(`${line}\n`);
    if (process.env.ASIDE_OUTCOME_FILE) writeFileSync(process.env.ASIDE_OUTCOME_FILE, JSON.stringify(outcome));
  }
}

function outcomeOf(tests: readonly TestCase[], errors: readonly string[]): Outcome {
  // A flaky test passed on a retry; there are no retries here, so it would be news, not a success.
  const failed = tests.filter((test) => ['unexpected', 'flaky'].includes(test.outcome()));
  const failures = [...failed.map(titleOf), ...errors];
  return {
    passed: tests.filter((test) => test.outcome() === 'expected').length,
    failed: failures.length,
    failures,
    skips: tests
      .filter((test) => test.outcome() === 'skipped')
      .map((test) => ({ title: titleOf(test), reason: reasonOf(test) })),
  };
}

/** Project, file and test. */
function titleOf(test: TestCase): string {
  return test.titlePath().filter(Boolean).join(' > ');
}

function reasonOf(test: TestCase): string {
  const project = test.parent.project()?.name ?? '';
  const why = test.annotations.find(({ type }) => type === 'skip')?.description ?? 'no reason given';
  return `${project}: ${why}`;
}

// Playwright takes reporters by default export only.
export default PlaywrightOutcome;
