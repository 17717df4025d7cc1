import { describe, expect, it } from 'vitest';
import { inNode, runLauncherSuite, SUITE_LIMIT_MS } from '../../helpers/launcher-suite.ts';

/**
 * test/e2e/launchers.electron.spec.ts runs the conformance suite inside Electron. What it does that with is tested here,
 * where there is only a stand-in for Electron.
 */
describe('the launcher conformance suite in a program of its own', { timeout: SUITE_LIMIT_MS }, () => {
  it('runs each test', async () => {
    const results = await runLauncherSuite({ ...inNode('electron-stand-in.ts'), part: 'tells' });
    expect(results.map(({ failure }) => failure)).toEqual(results.map(() => null));
    expect(results.map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        'utility process launcher > tells exit code and last words when a host ends by itself',
        'utility process launcher > tells that the entry file does not exist',
      ]),
    );
  });

  it('tells which test failed, and how', async () => {
    const results = await runLauncherSuite({ ...inNode('electron-with-a-fault.ts'), part: 'tells exit code' });
    const failed = results.filter(({ failure }) => failure !== null);
    expect(failed.map(({ title }) => title)).toEqual([
      'utility process launcher > tells exit code and last words when a host ends by itself',
    ]);
    expect(failed[0]?.failure).toContain('"exitCode": 4');
  });
});
