import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findElectron } from '../../../../scripts/electron/find-electron.mjs';

let packageDir: string;
beforeEach(() => {
  packageDir = mkdtempSync(join(tmpdir(), 'aside-electron-'));
  write('package.json', '{ "version": "44.1.2" }');
});
afterEach(() => rmSync(packageDir, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(packageDir, path)), { recursive: true });
  writeFileSync(join(packageDir, path), text);
}

const find = (env: NodeJS.ProcessEnv = {}, platform: NodeJS.Platform = 'linux') =>
  findElectron({ platform, env, packageDir });

test.each<[NodeJS.Platform, string]>([
  ['linux', 'dist/electron'],
  ['win32', 'dist/electron.exe'],
  ['darwin', 'dist/Electron.app/Contents/MacOS/Electron'],
])('on %s the binary is %s', (platform, binary) => {
  write(binary, '');
  write('dist/version', '44.1.2');
  expect(find({}, platform)).toMatchObject({ path: join(packageDir, binary), version: '44.1.2', why: '' });
});

test('no binary is no Electron, with the place where it should be', () => {
  expect(find()).toMatchObject({
    path: null,
    why: `there is no Electron binary at ${join(packageDir, 'dist/electron')}`,
  });
});

test('a binary of another version is no Electron', () => {
  write('dist/electron', '');
  write('dist/version', 'v44.1.1\n');
  expect(find()).toMatchObject({ path: null, why: expect.stringContaining('is Electron 44.1.1, not 44.1.2') });
});

test('a binary without its version file is half an Electron', () => {
  write('dist/electron', '');
  expect(find()).toMatchObject({ path: null, why: expect.stringContaining('no version file') });
});

test('ELECTRON_OVERRIDE_DIST_PATH is looked at in place of the package', () => {
  write('dist/electron', '');
  write('dist/version', '44.1.2');
  write('mine/electron', '');
  write('mine/version', '44.1.2');
  const mine = join(packageDir, 'mine');
  expect(find({ ELECTRON_OVERRIDE_DIST_PATH: mine }).path).toBe(join(mine, 'electron'));
});

test('a folder in ELECTRON_OVERRIDE_DIST_PATH that has no binary is not believed', () => {
  expect(find({ ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' }).path).toBeNull();
});
