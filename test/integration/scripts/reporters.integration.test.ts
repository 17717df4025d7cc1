import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../../../scripts/set-up/run.mjs';
import type { Outcome } from '../../../scripts/testing/outcome.mjs';

/** The real runners on suites with every kind of ending: `npm test` believes what these reporters count. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aside-reporters-'));
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'), 'junction');
  write('package.json', '{ "type": "module" }');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);

async function outcomeOf(program: string, args: readonly string[]): Promise<{ outcome: Outcome; text: string }> {
  const file = join(folder, 'outcome.json');
  const env = { ASIDE_OUTCOME_FILE: file };
  const { text } = await run(process.execPath, [program, ...args], { output: 'collect', env, limitMs: 120_000 });
  return { outcome: JSON.parse(readFileSync(file, 'utf8')), text };
}

function runVitest(): Promise<{ outcome: Outcome; text: string }> {
  const reporter = JSON.stringify(join(process.cwd(), 'test/reporters/vitest-outcome.ts'));
  write(
    'vitest.config.ts',
    `import { VitestOutcome } from ${reporter};\nexport default { test: { reporters: [new VitestOutcome()] } };`,
  );
  return outcomeOf('node_modules/vitest/vitest.mjs', ['run', '--root', folder]);
}

function runPlaywright(): Promise<{ outcome: Outcome; text: string }> {
  const reporter = JSON.stringify(join(process.cwd(), 'test/reporters/playwright-outcome.ts'));
  write(
    'playwright.config.ts',
    `export default { testDir: '.', reporter: [[${reporter}]], projects: [{ name: 'shell' }] };`,
  );
  return outcomeOf('node_modules/@playwright/test/cli.js', ['test', '--config', join(folder, 'playwright.config.ts')]);
}

test('Vitest: passed, failed and skipped tests are counted, and reasons told', async () => {
  write(
    'a.test.ts',
    `import { test } from 'vitest';
     test('passes', () => {});
     test('fails', () => { throw new Error('x'); });
     test('skips', (context) => context.skip('no engine here'));
     test.skip('is skipped', () => {});`,
  );
  const { outcome, text } = await runVitest();
  expect(outcome).toEqual({
    passed: 1,
    failed: 1,
    failures: ['a.test.ts > fails'],
    skips: [
      { title: 'a.test.ts > skips', reason: 'no engine here' },
      { title: 'a.test.ts > is skipped', reason: 'no reason given' },
    ],
  });
  expect(text).toContain('SKIPPED 1 of vitest: no engine here');
});

test('Vitest: what fails outside of tests is a failure', async () => {
  write('import.test.ts', "import './not-there.ts';");
  write(
    'hook.test.ts',
    `import { beforeAll, describe, test } from 'vitest';
     describe('suite', () => { beforeAll(() => { throw new Error('x'); }); test('never runs', () => {}); });`,
  );
  write(
    'late.test.ts',
    `import { test } from 'vitest';
     test('leaves something behind', () => new Promise((end) => { setTimeout(end, 20); Promise.reject(new Error('late')); }));`,
  );
  const { outcome } = await runVitest();
  expect(outcome).toMatchObject({ passed: 1, failed: 3 });
  expect(outcome.failures.toSorted()).toEqual(['hook.test.ts > suite', 'import.test.ts', 'unhandled: late']);
});

test('Playwright: passed, failed and skipped tests are counted, and reasons told', async () => {
  write(
    'a.spec.ts',
    `import { expect, test } from '@playwright/test';
     test('passes', () => {});
     test('fails', () => expect(1).toBe(2));
     test('skips', () => test.skip(true, 'no Electron here'));`,
  );
  const { outcome, text } = await runPlaywright();
  expect(outcome).toEqual({
    passed: 1,
    failed: 1,
    failures: ['shell > a.spec.ts > fails'],
    skips: [{ title: 'shell > a.spec.ts > skips', reason: 'shell: no Electron here' }],
  });
  expect(text).toContain('SKIPPED 1 of playwright: shell: no Electron here');
});

test('Playwright: a file that cannot be loaded is a failure', async () => {
  write('broken.spec.ts', "import './not-there.ts';");
  const { outcome } = await runPlaywright();
  expect(outcome.failures).toContainEqual(expect.stringContaining('not-there.ts'));
});
