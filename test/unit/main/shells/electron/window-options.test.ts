import { expect, test } from 'vitest';
import { windowOptions } from '../../../../../main/shells/electron/window-options.ts';

const placement = { bounds: { x: 1, y: 2, width: 800, height: 600 }, isMaximized: false };

test('the page is isolated, sandboxed and without Node', () => {
  expect(windowOptions(placement, false, '/preload.cjs').webPreferences).toMatchObject({
    preload: '/preload.cjs',
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
  });
});

test('nothing is fetched for spell checking', () => {
  expect(windowOptions(placement, false, '').webPreferences?.spellcheck).toBe(false);
});

test('speech goes on behind other windows', () => {
  expect(windowOptions(placement, false, '').webPreferences?.backgroundThrottling).toBe(false);
});

test('opens where it was placed, hidden until it is painted', () => {
  expect(windowOptions(placement, false, '')).toMatchObject({ x: 1, y: 2, width: 800, height: 600, show: false });
});

test('has the background of the theme before the page is there', () => {
  const colors = [true, false].map((isDark) => windowOptions(placement, isDark, '').backgroundColor);

  expect(colors).toEqual(['#1f1d1c', '#fffdfa']);
});
