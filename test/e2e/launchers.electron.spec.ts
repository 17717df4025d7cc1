import process from 'node:process';
import { findElectron } from '../../scripts/electron/find-electron.mjs';
import { runLauncherSuite, SUITE_LIMIT_MS } from '../helpers/launcher-suite.ts';
import { expect, requireElectron, test } from './fixture.ts';

test('both launchers keep their promises inside Electron, with its own utilityProcess', async () => {
  requireElectron((why) => test.skip(true, why));
  test.setTimeout(SUITE_LIMIT_MS);
  const execPath = findElectron().path ?? '';
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

  const results = await runLauncherSuite({ execPath, args });

  expect(results.filter(({ failure }) => failure !== null)).toEqual([]);
  expect(results.length).toBeGreaterThan(15);
});
