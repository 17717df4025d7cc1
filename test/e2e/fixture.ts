import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { type Browser, test as base, expect } from '@playwright/test';
import type { Settings } from '../../protocol/model/settings.ts';
import { isRunning } from '../helpers/is-running.ts';
import { AsidePage } from './aside-page.ts';
import { descendants } from './processes.ts';
import type { RunningAside } from './running-aside.ts';
import { startInBrowser } from './start-in-browser.ts';
import { startInElectron, whyNoElectron } from './start-in-electron.ts';

interface Options {
  /** As in ASIDE_ENGINES. */
  readonly engines: string;
  /** More of Aside's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** What the user has chosen before the test begins. */
  readonly settings: Partial<Settings>;
  /** Lines on the page's console that the test is about; any other error there fails it. */
  readonly expectedComplaints: RegExp | null;
}

interface Fixtures {
  /** Empty, and removed after the test. */
  readonly folder: string;
  /** Settings, draft and log of all runs of this test. */
  readonly dataDir: string;
  /** Starts Aside on the data of this test, once more if need be. */
  readonly start: () => Promise<RunningAside>;
  /** Aside, started. */
  readonly running: RunningAside;
  /** Its page, ready to be used. */
  readonly aside: AsidePage;
}

interface WorkerFixtures {
  readonly shell: 'browser' | 'electron';
  readonly sharedBrowser: Browser | null;
}

/** Every test has an Aside of its own, and leaves no process, no file and no complaint of the page behind. */
export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  shell: ['browser', { option: true, scope: 'worker' }],
  engines: ['scripted', { option: true }],
  env: [{}, { option: true }],
  settings: [{ voiceId: 'scripted:en-us-high' }, { option: true }],
  expectedComplaints: [null, { option: true }],

  sharedBrowser: [
    async ({ playwright, shell }, use) => {
      const browser = shell === 'browser' ? await playwright.chromium.launch() : null;
      await use(browser);
      await browser?.close();
    },
    { scope: 'worker' },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from the pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'aside-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },

  dataDir: async ({ folder, settings }, use) => {
    const dataDir = await mkdtemp(join(folder, 'data-'));
    await writeFile(join(dataDir, 'settings.json'), JSON.stringify(settings));
    await use(dataDir);
  },

  start: async ({ sharedBrowser, dataDir, engines, env, expectedComplaints }, use, testInfo) => {
    if (sharedBrowser === null) requireElectron((why) => testInfo.skip(true, why));
    const runs: RunningAside[] = [];
    const complaints: string[] = [];
    const complain = (line: string): void => {
      if (!expectedComplaints?.test(line)) complaints.push(line);
    };
    await use(async () => {
      const options = { dataDir, env: { ASIDE_ENGINES: engines, ...env } };
      const run = sharedBrowser ? await startInBrowser(sharedBrowser, options) : await startInElectron(options);
      runs.push(run);
      run.page.on('pageerror', (error) => complain(error.message));
      run.page.on('console', (message) => {
        if (message.type() === 'error') complain(message.text());
      });
      return run;
    });
    for (const run of runs) await end(run);
    expect(complaints, 'errors on the console of the page').toEqual([]);
  },

  running: async ({ start }, use) => {
    await use(await start());
  },

  aside: async ({ running }, use) => {
    const aside = new AsidePage(running.page);
    await aside.ready();
    await use(aside);
  },
});

export { expect };

/** Ends Aside, and sees to it that no process of it is left. */
async function end(run: RunningAside): Promise<void> {
  const all = [run.pid, ...descendants(run.pid).map(({ pid }) => pid)];
  try {
    await run.close();
    await expect.poll(() => all.filter(isRunning), { message: 'processes that are left behind' }).toEqual([]);
  } finally {
    for (const pid of all.filter(isRunning)) process.kill(pid, 'SIGKILL');
  }
}

/** Skips where there is no Electron; throws where there has to be one. */
export function requireElectron(skip: (why: string) => void): void {
  const why = whyNoElectron();
  if (why === null) return;
  if (process.env.REQUIRE_ELECTRON === '1') throw new Error(`REQUIRE_ELECTRON is 1, and ${why}`);
  skip(`ELECTRON NOT RUN: ${why}`);
}
