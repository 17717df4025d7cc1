import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fromRoot } from '../../../../scripts/set-up/root.mjs';
import { architectureOf, findVcRuntime, placeVcRuntime } from '../../../../scripts/set-up/vc-runtime.mjs';

const shipped = fromRoot('node_modules', 'electron-edge-js');
const dll = (arch: string) => join(shipped, 'lib', 'native', 'win32', arch, 'vcruntime140.dll');
const noWindows = { SystemRoot: '/nowhere' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aside-vc-runtime-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function makePackage(arch: string, runtime: string): string {
  const native = join(folder, 'lib', 'native', 'win32', arch);
  for (const version of ['43', '44']) {
    mkdirSync(join(native, version), { recursive: true });
    writeFileSync(join(native, version, 'edge_nativeclr.node'), '');
  }
  copyFileSync(runtime, join(native, 'vcruntime140.dll'));
  return folder;
}

test('tells processors apart by the files that the package ships, which are wrong for arm64', () => {
  expect(['x64', 'ia32', 'arm64'].map((arch) => architectureOf(dll(arch)))).toEqual(['x64', 'ia32', 'ia32']);
});

test('a file that is no Windows library is for no processor', () => {
  expect(architectureOf(fromRoot('package.json'))).toBe(null);
});

test("takes the package's runtime for x64, and none for arm64", () => {
  expect(findVcRuntime('x64', shipped, noWindows)).toBe(dll('x64'));
  expect(findVcRuntime('arm64', shipped, noWindows)).toBe(null);
});

test('puts the runtime beside every native file, once', () => {
  const made = placeVcRuntime(makePackage('x64', dll('x64')), 'x64', noWindows);
  expect(made).toHaveLength(2);
  expect(made.map(architectureOf)).toEqual(['x64', 'x64']);
  expect(placeVcRuntime(folder, 'x64', noWindows)).toEqual([]);
});

test('never puts a runtime for another processor there, and replaces one that is', () => {
  makePackage('x64', dll('x64'));
  const place = join(folder, 'lib', 'native', 'win32', 'x64', '44', 'vcruntime140.dll');
  copyFileSync(dll('ia32'), place);
  placeVcRuntime(folder, 'x64', noWindows);
  expect(architectureOf(place)).toBe('x64');
  expect(placeVcRuntime(makePackage('arm64', dll('arm64')), 'arm64', noWindows)).toEqual([]);
});
