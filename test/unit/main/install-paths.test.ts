import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { audioHostEntryPath, dataDir, hostEntryPath, outsideArchive } from '../../../main/install-paths.ts';

const inHome = join(homedir(), '.config', 'aside');

test.each([
  ['unset', {}, inHome],
  ['empty', { XDG_CONFIG_HOME: '' }, inHome],
  ['a folder', { XDG_CONFIG_HOME: resolve('/config') }, join(resolve('/config'), 'aside')],
])('on Linux, with XDG_CONFIG_HOME %s, data live where the desktop keeps them', (_, env, folder) => {
  expect(dataDir('linux', env)).toBe(folder);
});

test('on Windows an empty APPDATA counts as unset', () => {
  expect(dataDir('win32', { APPDATA: '' })).toBe(join(homedir(), 'AppData', 'Roaming', 'Aside'));
});

test('a relative ASIDE_DATA_DIR is made absolute', () => {
  expect(dataDir('linux', { ASIDE_DATA_DIR: 'data' })).toBe(resolve('data'));
});

test('an empty ASIDE_DATA_DIR counts as unset', () => {
  expect(dataDir('linux', { ASIDE_DATA_DIR: '' })).toBe(inHome);
});

test.each([
  ['/opt/Aside/resources/app.asar/dist/host.js', '/opt/Aside/resources/app.asar.unpacked/dist/host.js'],
  ['C:\\Aside\\resources\\app.asar\\dist\\host.js', 'C:\\Aside\\resources\\app.asar.unpacked\\dist\\host.js'],
  ['/opt/resources/app.asar.unpacked/dist/host.js', '/opt/resources/app.asar.unpacked/dist/host.js'],
  ['/home/me/my-app.asar/dist/host.js', '/home/me/my-app.asar/dist/host.js'],
  ['/home/me/aside/dist/host.js', '/home/me/aside/dist/host.js'],
])('%s is, for a program of its own, %s', (path, outside) => {
  expect(outsideArchive(path)).toBe(outside);
});

test('the hosts lie beside the programs', () => {
  expect(hostEntryPath()).toMatch(/[\\/]native-host[\\/]host\.cjs$/);
  expect(audioHostEntryPath()).toMatch(/[\\/]native-host[\\/]audio-host\.cjs$/);
});
