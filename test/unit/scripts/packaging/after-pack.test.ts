import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Arch } from 'electron-builder';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { afterPack } from '../../../../scripts/packaging/after-pack.mjs';
import { fromRoot } from '../../../../scripts/set-up/root.mjs';

const native = (arch: string, ...path: string[]) =>
  fromRoot('node_modules', 'electron-edge-js', 'lib', 'native', 'win32', arch, ...path);

let resources: string;
beforeEach(() => {
  resources = mkdtempSync(join(tmpdir(), 'aside-after-pack-'));
});
afterEach(() => rmSync(resources, { recursive: true, force: true }));

function put(path: string, source?: string): void {
  const target = join(resources, 'app.asar.unpacked', path);
  mkdirSync(dirname(target), { recursive: true });
  if (source === undefined) writeFileSync(target, '');
  else copyFileSync(source, target);
}

function putAll(runtime = native('x64', 'vcruntime140.dll')): void {
  put('edge/edge_nativeclr.node', native('x64', '44', 'edge_nativeclr.node'));
  put('edge/vcruntime140.dll', runtime);
  put('dist/sapi/Aside.Sapi.dll');
}

function packedFor(electronPlatformName: string, arch: Arch, runAsNode = false) {
  const packager = { getResourcesDir: () => resources, config: { electronFuses: { runAsNode } } };
  return { appOutDir: '', electronPlatformName, arch, packager };
}

test('lets out what has everything, for one processor', () => {
  putAll();
  expect(() => afterPack(packedFor('win32', Arch.x64))).not.toThrow();
});

test('holds back a library for another processor', () => {
  putAll();
  expect(() => afterPack(packedFor('win32', Arch.arm64))).toThrow(/is for x64, and it is packed for arm64/);
  putAll(native('arm64', 'vcruntime140.dll')); // which is for ia32, whatever its folder says
  expect(() => afterPack(packedFor('win32', Arch.x64))).toThrow(/vcruntime140\.dll is for ia32, .* for x64/);
});

test.each(['edge/edge_nativeclr.node', 'edge/vcruntime140.dll', 'dist/sapi/Aside.Sapi.dll'])(
  'holds back what lacks %s',
  (path) => {
    putAll();
    rmSync(join(resources, 'app.asar.unpacked', path));
    expect(() => afterPack(packedFor('win32', Arch.x64))).toThrow('is not among the packed files');
  },
);

test.each(['linux', 'darwin'])('holds back an app for %s that cannot fork', (platform) => {
  expect(() => afterPack(packedFor(platform, Arch.x64))).toThrow('pack with npm run pack');
  expect(() => afterPack(packedFor(platform, Arch.x64, true))).not.toThrow();
});
