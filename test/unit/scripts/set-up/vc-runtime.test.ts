import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fromRoot } from '../../../../scripts/set-up/root.mjs';
import {
  architectureOf,
  findVcRuntime,
  placeVcRuntime,
  requireVcRuntime,
} from '../../../../scripts/set-up/vc-runtime.mjs';

const shipped = fromRoot('node_modules', 'electron-edge-js');
const native = (arch: string, ...path: string[]) => join(shipped, 'lib', 'native', 'win32', arch, ...path);
const dll = (arch: string) => native(arch, 'vcruntime140.dll');
/** The package ships no runtime for arm64, so another library for arm64 stands in for one. */
const arm64Dll = native('arm64', '44', 'edge_nativeclr.node');
const noWindows = { SystemRoot: '/nowhere' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aside-vc-runtime-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(source: string, ...path: string[]): string {
  const target = join(folder, ...path);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(source, target);
  return target;
}

function makePackage(arch: string): string {
  for (const version of ['43', '44']) {
    mkdirSync(join(folder, 'lib', 'native', 'win32', arch, version), { recursive: true });
    writeFileSync(join(folder, 'lib', 'native', 'win32', arch, version, 'edge_nativeclr.node'), '');
  }
  return folder;
}

test('tells processors apart by the files that the package ships, which are wrong for arm64', () => {
  expect(['x64', 'ia32', 'arm64'].map((arch) => architectureOf(dll(arch)))).toEqual(['x64', 'ia32', 'ia32']);
  expect(architectureOf(arm64Dll)).toBe('arm64');
});

test('a file that is no Windows library is for no processor', () => {
  expect(architectureOf(fromRoot('package.json'))).toBe(null);
});

test("takes the package's runtime for x64, and none for arm64", () => {
  expect(findVcRuntime('x64', shipped, noWindows)).toBe(dll('x64'));
  expect(findVcRuntime('arm64', shipped, noWindows)).toBe(null);
});

test("takes the system's for arm64, on a computer for arm64", () => {
  const system = put(arm64Dll, 'Windows', 'System32', 'vcruntime140.dll');
  expect(findVcRuntime('arm64', shipped, { SystemRoot: join(folder, 'Windows') })).toBe(system);
});

test("passes over the system's for arm64 on a computer for another processor", () => {
  put(dll('x64'), 'Windows', 'System32', 'vcruntime140.dll');
  expect(findVcRuntime('arm64', shipped, { SystemRoot: join(folder, 'Windows') })).toBe(null);
});

test("takes the newest of Visual Studio's, whatever this computer's processor is", () => {
  const redist = ['Microsoft Visual Studio', '2022', 'BuildTools', 'VC', 'Redist', 'MSVC'];
  const file = ['arm64', 'Microsoft.VC143.CRT', 'vcruntime140.dll'];
  put(arm64Dll, ...redist, '14.9.33810', ...file);
  const newest = put(arm64Dll, ...redist, '14.40.33810', ...file);
  put(dll('ia32'), ...redist, '14.50.1', ...file); // newer still, and not what its folder says
  put(arm64Dll, ...redist, '14.40.33810', 'arm64', 'Microsoft.VC143.MFC', 'vcruntime140.dll');
  expect(findVcRuntime('arm64', shipped, { ...noWindows, ProgramFiles: folder })).toBe(newest);
});

test('takes the one that is named first of all, unless it is for another processor', () => {
  const named = put(arm64Dll, 'named.dll');
  expect(findVcRuntime('arm64', shipped, { ...noWindows, ASIDE_VC_RUNTIME: named })).toBe(named);
  expect(findVcRuntime('x64', shipped, { ...noWindows, ASIDE_VC_RUNTIME: named })).toBe(dll('x64'));
});

test('says what to install where there is none and one has to be', () => {
  expect(() => requireVcRuntime('arm64', shipped, noWindows)).toThrow(
    /no vcruntime140\.dll for arm64 here.*vc_redist\.arm64\.exe.*ASIDE_VC_RUNTIME/,
  );
});

test('puts the runtime beside every native file, once', () => {
  const made = placeVcRuntime(makePackage('x64'), 'x64', dll('x64'));
  expect(made).toHaveLength(2);
  expect(made.map(architectureOf)).toEqual(['x64', 'x64']);
  expect(placeVcRuntime(folder, 'x64', dll('x64'))).toEqual([]);
});

test('replaces a runtime for another processor', () => {
  makePackage('x64');
  const place = put(dll('ia32'), 'lib', 'native', 'win32', 'x64', '44', 'vcruntime140.dll');
  placeVcRuntime(folder, 'x64', dll('x64'));
  expect(architectureOf(place)).toBe('x64');
});

test("takes away a runtime for another processor when there is none to replace it: the system's is found then", () => {
  makePackage('arm64');
  const place = put(dll('arm64'), 'lib', 'native', 'win32', 'arm64', '44', 'vcruntime140.dll');
  expect(placeVcRuntime(folder, 'arm64', null)).toEqual([]);
  expect(existsSync(place)).toBe(false);
});

test('leaves a right runtime alone when there is none to take', () => {
  makePackage('arm64');
  const place = put(arm64Dll, 'lib', 'native', 'win32', 'arm64', '44', 'vcruntime140.dll');
  placeVcRuntime(folder, 'arm64', null);
  expect(existsSync(place)).toBe(true);
});
