import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type App, createApp } from '../../../main/app.ts';
import { createForkLauncher } from '../../../main/hosts/fork-launcher.ts';
import { noteFirstPage, runSmoke } from '../../../main/shells/electron/smoke.ts';
import type { EngineId } from '../../../protocol/model/voice.ts';
import { createCollectingLog } from '../../helpers/collecting-log.ts';
import { hostEntry } from '../../helpers/host-entry.ts';
import { isRunning } from '../../helpers/is-running.ts';

/** All of `--smoke` but Electron: the real core, with real hosts. */
let dir: string;
let app: App;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-smoke-'));
});
afterEach(async () => {
  await app.close();
  rmSync(dir, { recursive: true, force: true });
});

async function openApp(engines: readonly EngineId[]): Promise<void> {
  app = await createApp({
    dataDir: dir,
    launcher: createForkLauncher(),
    hostEntryPath: hostEntry(),
    audioHostEntryPath: hostEntry('audio-host.cjs'),
    engines,
    version: '0.1.0',
    systemLanguage: 'en-US',
    log: createCollectingLog().log,
  });
}

async function smoke(
  engines: readonly EngineId[],
  { holds = false, whyNoPage }: { holds?: boolean; whyNoPage?: string } = {},
) {
  await openApp(engines);
  const pageConnected = whyNoPage === undefined ? Promise.resolve() : Promise.reject(new Error(whyNoPage));
  const reportPath = join(dir, 'report.json');
  const report = await runSmoke(
    { reportPath, holds },
    { core: app, engines, pageConnected, about: { from: 'a test' } },
  );
  expect(JSON.parse(readFileSync(reportPath, 'utf8'))).toEqual(report);
  return report;
}

it('decodes a document and speaks with each engine, and says so', async () => {
  const report = await smoke(['espeak', 'scripted']);
  expect(report.steps.map(({ name, ok }) => [name, ok])).toEqual([
    ['the page connects', true],
    ['a large document is decoded', true],
    ['espeak speaks', true],
    ['scripted speaks', true],
  ]);
  expect(report).toMatchObject({ ok: true, about: { from: 'a test' } });
  expect(report.steps[2]?.detail).toMatchObject({ words: 8, voice: expect.stringMatching(/^espeak:/) });
});

it('is not well when one engine cannot speak, and says why', async () => {
  process.env.ASIDE_SCRIPTED_LOAD = 'fail';
  try {
    const report = await smoke(['scripted', 'espeak']);
    expect(report.ok).toBe(false);
    expect(report.steps.map(({ ok }) => ok)).toEqual([true, true, false, true]);
    expect(report.steps[2]?.detail).toContain('the scripted engine was told not to load');
  } finally {
    delete process.env.ASIDE_SCRIPTED_LOAD;
  }
});

it('is not well when the page does not connect', async () => {
  const report = await smoke(['scripted'], { whyNoPage: 'it did not' });
  expect([report.ok, report.steps[0]?.detail]).toEqual([false, 'it did not']);
});

it('leaves a host in the middle of its blocking call, when it is to hold', async () => {
  const { ok, hosts } = await smoke(['espeak'], { holds: true });
  expect([ok, hosts.length]).toEqual([true, 1]);
  expect(isRunning(hosts[0] ?? 0)).toBe(true);
});

it('hears of the first page', async () => {
  await openApp(['scripted']);
  const { core, pageConnected } = noteFirstPage(app);
  const report = runSmoke(
    { reportPath: join(dir, 'report.json'), holds: false },
    { core, engines: [], pageConnected, about: {} },
  );
  await expect(report).resolves.toMatchObject({ ok: true }); // the seat of the smoke test itself is a page
});
