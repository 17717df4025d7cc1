import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TEXT_EXTENSIONS } from '../../main/shells/electron/file-argument.ts';
import { fromRoot } from '../../scripts/set-up/root.mjs';
import { readYaml } from '../helpers/read-yaml.ts';

interface BuilderConfig {
  readonly electronFuses: Readonly<Record<string, boolean>>;
  readonly files: readonly string[];
  readonly nsis: { readonly perMachine: boolean; readonly oneClick: boolean };
  readonly win: { readonly files: readonly string[]; readonly target: string };
  readonly linux: { readonly target: readonly string[]; readonly fileAssociations: Associations };
  readonly mac: { readonly target: string; readonly fileAssociations: Associations };
}
type Associations = readonly { readonly ext: string | readonly string[]; readonly rank: string }[];

const config = readYaml('electron-builder.yml') as BuilderConfig;
const installer = readFileSync(fromRoot('packaging', 'installer.nsh'), 'utf8');
const manifest = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

test.each([config.linux.fileAssociations, config.mac.fileAssociations])(
  'the system is told to open with Aside what Aside opens, and not to do so by default',
  (...associations) => {
    expect(associations.flatMap(({ ext }) => ext).map((ext) => `.${ext}`)).toEqual(TEXT_EXTENSIONS);
    expect(associations.every(({ rank }) => rank === 'Alternate')).toBe(true);
  },
);

test("Windows' installer offers Aside for the same files, takes none over, and takes back all that it wrote", () => {
  const inMacro = (name: string) => [...installer.matchAll(new RegExp(`!insertmacro ${name} "(.+)"`, 'g'))];
  expect(inMacro('asideOffer').map((match) => match[1])).toEqual(TEXT_EXTENSIONS);
  expect(inMacro('asideWithdraw').map((match) => match[1])).toEqual(TEXT_EXTENSIONS);
  // The value of this key without a name is a file type's default program.
  expect(installer).not.toMatch(/Classes\\\$\{EXTENSION\}" ""/);
  const written = [...installer.matchAll(/WriteRegStr SHELL_CONTEXT "Software\\Classes\\([^"]+)"/g)].map((m) => m[1]);
  const deleted = [...installer.matchAll(/DeleteRegKey SHELL_CONTEXT "Software\\Classes\\([^"]+)"/g)].map((m) => m[1]);
  const left = written.filter((key = '') => !deleted.some((gone = '-') => key.startsWith(gone)));
  expect(left.map((key) => key?.split('\\').at(-1))).toEqual(['OpenWithProgids']); // see asideWithdraw
});

test('it is installed for one user, without being asked for a password', () => {
  expect(config.nsis).toMatchObject({ perMachine: false, oneClick: true });
});

test('each platform has its installers', () => {
  expect([config.win.target, config.linux.target, config.mac.target]).toEqual(['nsis', ['AppImage', 'deb'], 'dmg']);
});

test("edge's binary is that of the pinned Electron's major version", () => {
  const [major] = (manifest.devDependencies.electron ?? '').split('.');
  expect(manifest.optionalDependencies['electron-edge-js']?.split('.')[0]).toBe(major);
  const versions = config.win.files.flatMap((pattern) => /win32\/\*\/!?\(?(\d+)/.exec(pattern)?.[1] ?? []);
  expect(versions).toEqual([major, major]);
});

test('what is bundled is no dependency of the packed app', () => {
  expect(Object.keys(manifest.dependencies).sort()).toEqual(['@echogarden/espeak-ng-emscripten', 'koffi']);
  expect(Object.keys(manifest.optionalDependencies).sort()).toEqual(['edge-js', 'electron-edge-js']);
});
