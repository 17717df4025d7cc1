import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { locateSapi } from '../../../native-host/engines/sapi/edge-location.ts';
import { packApp } from '../../../scripts/packaging/pack-app.mjs';
import { StagingError } from '../../../scripts/packaging/stage-app.mjs';
import { fromRoot } from '../../../scripts/set-up/root.mjs';
import { architectureOf } from '../../../scripts/set-up/vc-runtime.mjs';
import { findWhyNoNativeEspeak } from '../../helpers/native-espeak.ts';
import { endNativeHosts, isProgress, speakParams, startNativeHost } from '../../helpers/native-host.ts';
import { holdsText, type PackedApp, readPackedApp } from '../../helpers/packed-app.ts';
import { writePlaceholderElectron } from '../../helpers/placeholder-electron.ts';

/** npm may have to fetch the target's binaries first, and electron-builder takes ten seconds when nothing else runs. */
const PACK_LIMIT_MS = 600_000;
/** Of all but Electron; the data of eSpeak NG are 24 MB of it. Measured: 30 MB. */
const BUDGET_BYTES = 34_000_000;

const ALWAYS_ON = ['EnableCookieEncryption', 'EnableEmbeddedAsarIntegrityValidation', 'OnlyLoadAppFromAsar'];

const built = (folder: string): string[] => readdirSync(fromRoot('dist', folder)).filter((name) => !isMap(name));
const isMap = (path: string): boolean => path.endsWith('.map');
const electronMajor = (): string =>
  (JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')).devDependencies.electron as string).split('.')[0] ?? '';

let folder: string;
/** Why no packages can be fetched; the next target would only wait for the same. */
let noPackages: string | null = null;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aside-packed-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Case {
  readonly platform: 'linux' | 'win32';
  readonly arch: 'x64' | 'arm64';
  readonly program: string;
  readonly fuses: readonly string[];
  /** Native files, and what lies beside them. */
  readonly natives: readonly string[];
  readonly packages: readonly string[];
}

const edge = (arch: string): string => `node_modules/electron-edge-js/lib/native/win32/${arch}/${electronMajor()}`;
const windows = (arch: 'x64' | 'arm64'): Case => ({
  platform: 'win32',
  arch,
  program: 'Aside.exe',
  fuses: ALWAYS_ON,
  natives: [
    'dist/sapi/Aside.Sapi.dll',
    `node_modules/@koromix/koffi-win32-${arch}/win32_${arch}/koffi.node`,
    `${edge(arch)}/edge_nativeclr.node`,
    `${edge(arch)}/vcruntime140.dll`,
  ],
  packages: ['@echogarden/espeak-ng-emscripten', `@koromix/koffi-win32-${arch}`, 'electron-edge-js', 'koffi'],
});
const cases: readonly Case[] = [
  {
    platform: 'linux',
    arch: 'x64',
    program: 'aside',
    // Hosts are forked there, and a fork is Electron posing as Node.
    fuses: ['RunAsNode', ...ALWAYS_ON],
    natives: ['node_modules/@koromix/koffi-linux-x64/linux_x64/koffi.node'],
    packages: ['@echogarden/espeak-ng-emscripten', '@koromix/koffi-linux-x64', 'koffi'],
  },
  windows('x64'),
  windows('arm64'),
];

describe.each(cases)('packed for $platform $arch, with a placeholder for Electron,', (target) => {
  let packed: PackedApp;
  let whyNot: string | null = null;

  beforeAll(async () => {
    const { platform, arch } = target;
    if (platform === 'win32' && !existsSync(fromRoot('dist', 'sapi'))) {
      whyNot = 'WINDOWS NOT PACKED: there is no C# compiler here';
    } else if (noPackages !== null) {
      whyNot = noPackages;
    } else {
      const electronDist = join(folder, `electron-${platform}-${arch}`);
      const outDir = join(folder, `${platform}-${arch}`);
      writePlaceholderElectron(electronDist, platform);
      try {
        // The packages ship no VC runtime for arm64; another library for arm64 stands in for one.
        await withVcRuntime(arch, () => packApp(target, { electronDist, outDir, output: 'collect' }));
        const suffix = arch === 'x64' ? '' : `-${arch}`;
        packed = readPackedApp(
          join(outDir, `${platform === 'win32' ? 'win' : platform}${suffix}-unpacked`),
          target.program,
        );
      } catch (error) {
        if (!(error instanceof StagingError)) throw error;
        noPackages = `NOT PACKED: ${error.message}`;
        whyNot = noPackages;
      }
    }
    if (whyNot !== null && process.env.CI) throw new Error(whyNot);
  }, PACK_LIMIT_MS);

  /** A test of what was packed; skipped, aloud, where nothing could be. */
  const check = (title: string, body: () => void | Promise<void>): void => {
    it(title, ({ skip }) => (whyNot === null ? body() : skip(whyNot)));
  };

  check('has in its archive the app, built, and nothing else', () => {
    const page = readdirSync(fromRoot('dist', 'renderer'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !isMap(entry.name))
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(fromRoot('dist').length + 1)
          .replaceAll('\\', '/'),
      );
    const programs = built('main').filter((name) => name !== 'cli.js');
    expect(packed.archived).toEqual(
      [
        ...programs.map((name) => `dist/main/${name}`),
        ...built('preload').map((name) => `dist/preload/${name}`),
        ...page.map((path) => `dist/${path}`),
        'package.json',
      ].sort(),
    );
  });

  check('has beside its archive the host, whole, and all that a host loads', () => {
    expect(packed.onDisk).toEqual(packed.unpacked);
    const host = [...built('native-host'), 'package.json'].map((name) => `dist/native-host/${name}`);
    const espeak = ['espeak-ng.data', 'espeak-ng.js', 'package.json'].map(
      (name) => `node_modules/@echogarden/espeak-ng-emscripten/${name}`,
    );
    const koffi = ['index.js', 'package.json', 'src/koffi/index.js'].map((name) => `node_modules/koffi/${name}`);
    expect(packed.unpacked).toEqual(expect.arrayContaining([...host, ...espeak, ...koffi, ...target.natives]));
  });

  check('has the packages that a host loads, and no binary of another platform or processor', () => {
    expect(packed.packages).toEqual(target.packages);
    const natives = packed.onDisk.filter((path) => /\.(node|dll|exe|so|dylib|lib)$/.test(path));
    expect(natives).toEqual([...target.natives].sort());
    const managed = 'dist/sapi/Aside.Sapi.dll'; // for any processor
    for (const path of natives.filter((native) => native !== managed)) {
      const file = join(packed.unpackedFolder, path);
      if (target.platform === 'win32') expect([path, architectureOf(file)]).toEqual([path, target.arch]);
      else expect([path, holdsText(file, '\x7fELF')]).toEqual([path, true]);
    }
  });

  check('has no sources, no source maps and nothing of the developers’', () => {
    const files = [...packed.archived, ...packed.onDisk];
    expect(files.filter((path) => /\.(map|ts|tsx|cs|cc|cpp|h|md|gyp|csproj)$/.test(path))).toEqual([]);
    const manifest = packed.readManifest();
    expect(manifest).toMatchObject({ name: 'aside', main: 'dist/main/main.js', type: 'module' });
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['devDependencies']));
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['scripts']));
  });

  check('has the fuses that are declared for the platform', async () => {
    expect(await packed.readFuses()).toEqual(target.fuses);
  });

  check('says which licence it is under, and has those of what comes with it', () => {
    const beside = (name: string): string => readFileSync(join(packed.program, '..', name), 'utf8');
    expect(beside('LICENSE.aside.txt')).toBe(readFileSync(fromRoot('LICENSE'), 'utf8'));
    expect(beside('NOTICES.aside.txt')).toBe(readFileSync(fromRoot('renderer/features/about/notices.txt'), 'utf8'));
  });

  check(`takes no more than ${BUDGET_BYTES / 1e6} MB without Electron`, () => {
    expect(packed.ownBytes).toBeLessThan(BUDGET_BYTES);
    expect(packed.ownBytes).toBeGreaterThan(BUDGET_BYTES / 2); // or something big is missing
  });

  if (target.platform === 'win32') {
    check('has SAPI’s files where the engine looks for them', () => {
      const { unpackedFolder } = packed;
      const onDisk = (path: string): string => path.replaceAll('\\', '/');
      const versions = { electron: `${electronMajor()}.0.0`, node: '24.0.0', modules: '149' };
      const found = locateSapi(
        { platform: 'win32', arch: target.arch, versions, systemRoot: 'C:\\Windows' },
        {
          // .NET Framework is Windows' own, and so might be a VC runtime: only the packed one counts here.
          exists: (path) => path.includes('Microsoft.NET') || existsSync(onDisk(path)),
          list: () => [],
          packageFolder: (name) => join(unpackedFolder, 'node_modules', name),
          distFolder: join(unpackedFolder, 'dist'),
        },
      );
      expect([found.edge, found.assembly].map((path) => onDisk(path).slice(unpackedFolder.length + 1))).toEqual([
        `${edge(target.arch)}/edge_nativeclr.node`,
        'dist/sapi/Aside.Sapi.dll',
      ]);
    });

    check('holds the hash that Electron compares its archive with', () => {
      expect(holdsText(packed.program, packed.archiveHash)).toBe(true);
    });
  } else {
    describe('and run with plain Node', () => {
      afterEach(endNativeHosts);

      it.for(['wasm', 'native'])(
        'its host speaks with eSpeak NG (%s)',
        { timeout: 60_000 },
        async (build, { skip }) => {
          if (whyNot !== null) skip(whyNot);
          const whyNoLibrary = build === 'native' ? await findWhyNoNativeEspeak() : undefined;
          if (whyNoLibrary !== undefined) skip(whyNoLibrary);
          const host = await startNativeHost({
            engine: 'espeak',
            entryPath: join(packed.unpackedFolder, 'dist', 'native-host', 'host.cjs'),
            env: { ASIDE_ESPEAK: build },
          });
          const params = { ...speakParams('Packed, and it speaks.'), voiceId: 'espeak:gmw/en' };
          const { audioBytes } = await host.client.request('utterance.speak', params);
          expect(audioBytes).toBeGreaterThan(10_000);
          expect(host.received.filter(isProgress).length).toBeGreaterThan(1);
        },
      );
    });
  }
});

/** `pack` with ASIDE_VC_RUNTIME naming a library for arm64, where that is what is packed for. */
async function withVcRuntime(arch: string, pack: () => Promise<void>): Promise<void> {
  if (arch !== 'arm64') return pack();
  const standIn = join(folder, 'vcruntime140.dll');
  copyFileSync(fromRoot(...edge(arch).split('/'), 'edge_nativeclr.node'), standIn);
  process.env.ASIDE_VC_RUNTIME = standIn;
  try {
    await pack();
  } finally {
    delete process.env.ASIDE_VC_RUNTIME;
  }
}
