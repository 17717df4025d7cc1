import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node';
import { type Outcome, skipLines } from '../../scripts/testing/outcome.mjs';

/** Says aloud why tests were skipped, and writes the outcome to ASIDE_OUTCOME_FILE for `npm test`. */
export class VitestOutcome implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const outcome = outcomeOf(modules, unhandledErrors);
    for (const line of skipLines('vitest', outcome.skips)) process.stdout.write(`${line}\n`);
    if (process.env.ASIDE_OUTCOME_FILE) writeFileSync(process.env.ASIDE_OUTCOME_FILE, JSON.stringify(outcome));
  }
}

function outcomeOf(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): Outcome {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  // A file that cannot be imported and a hook that throws fail no test of their own.
  const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  const failures = [
    ...tests.filter((test) => test.result().state === 'failed').map(titleOf),
    ...suites.filter((suite) => suite.errors().length > 0).map(titleOf),
    ...unhandledErrors.map((error) => `unhandled: ${error.message}`),
  ];
  return {
    passed: tests.filter((test) => test.result().state === 'passed').length,
    failed: failures.length,
    failures,
    skips: tests
      .filter((test) => test.result().state === 'skipped')
      .map((test) => ({ title: titleOf(test), reason: reasonOf(test) })),
  };
}

function titleOf(task: TestCase | TestSuite | TestModule): string {
  return task.type === 'module' ? task.relativeModuleId : `${task.module.relativeModuleId} > ${task.fullName}`;
}

function reasonOf(test: TestCase): string {
  const result = test.result();
  return (result.state === 'skipped' && result.note) || 'no reason given';
}
