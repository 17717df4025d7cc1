import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/testing/find-program.mjs';

const isRoot = process.getuid?.() === 0;
const chromium = await findChromium();
/** Not a test: it takes the README's picture. */
const picture = process.env.ASIDE_README_PICTURE ? [] : ['**/readme-picture.spec.ts'];

/** The same specs twice: in Chromium against the web shell, and in Electron, skipped aloud where there is none. */
export default defineConfig<object, { shell: 'browser' | 'electron' }>({
  testDir: 'test/e2e',
  globalSetup: './test/global-setup.ts',
  outputDir: 'test-results',
  // For what hangs: a busy machine may need ten times what an idle one does.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // Most of the time is waiting for audio, which comes in real time; what is asserted does not depend on the machine's.
  workers: Math.min(2, availableParallelism()),
  fullyParallel: true,
  reporter: [['list'], ['./test/reporters/playwright-outcome.ts']],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    {
      name: 'browser',
      testIgnore: ['**/*.electron.spec.ts', ...picture],
      use: {
        shell: 'browser',
        browserName: 'chromium',
        launchOptions: {
          ...(chromium !== null && { executablePath: chromium }),
          args: [
            '--autoplay-policy=no-user-gesture-required',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            '--no-first-run',
            ...(isRoot ? ['--no-sandbox'] : []),
          ],
        },
      },
    },
    { name: 'electron', testIgnore: ['**/*.web.spec.ts', ...picture], use: { shell: 'electron' } },
  ],
});
