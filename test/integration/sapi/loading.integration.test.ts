import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createForkLauncher } from '../../../main/hosts/fork-launcher.ts';
import { createEngines } from '../../../main/speech/engines.ts';
import { type Files, locateSapi, type Runtime } from '../../../native-host/engines/sapi/edge-location.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import { fromRoot } from '../../../scripts/set-up/root.mjs';
import { errorOf } from '../../helpers/error-of.ts';
import { endNativeHosts, launchNativeHost } from '../../helpers/native-host.ts';
import { findWhyNoSapi, sapiEnv } from '../../helpers/sapi-here.ts';

const HOST = join('dist', 'native-host', 'host.cjs');
const ASSEMBLY = join('dist', 'sapi', 'Aside.Sapi.dll');
const EDGE_FOLDER = join('dist', 'edge-mono', process.versions.modules);
const EDGE = join(EDGE_FOLDER, 'edge_nativeclr.node');
const MANAGED_HALF = join(EDGE_FOLDER, 'MonoEmbedding.exe');
const needsMono = process.platform === 'win32' ? 'the installations are of the kind for Mono' : findWhyNoSapi();

/** A copy of Aside's host program, without what SAPI needs beside it. */
let home = '';

/** Puts a file in its place: the one that belongs there, or another. */
function put(place: string, content: Buffer | string = readFileSync(fromRoot(place))): void {
  mkdirSync(dirname(join(home, place)), { recursive: true });
  writeFileSync(join(home, place), content);
}

/** What a host says that cannot load SAPI, all of it, and how it leaves. */
async function fail(env: Record<string, string> = sapiEnv) {
  const host = launchNativeHost({ engine: 'sapi', entryPath: join(home, HOST), env });
  const end = await host.exited;
  return { end, received: host.received };
}

function named(reason: string, message: RegExp, remedy: RegExp) {
  return {
    end: { exitCode: 0, signal: null },
    received: [
      {
        kind: 'event',
        name: 'host.failed',
        payload: {
          error: {
            code: 'engine-unavailable',
            message: expect.stringMatching(message),
            remedy: expect.stringMatching(remedy),
            details: { engine: 'sapi', reason },
          },
        },
      },
    ],
  };
}

if (needsMono !== undefined) it('a host that cannot load SAPI says why', ({ skip }) => skip(needsMono));

describe.runIf(needsMono === undefined)('a host that cannot load SAPI leaves with 0, and says by name', () => {
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'aside-loading-'));
    cpSync(fromRoot('dist', 'native-host'), join(home, 'dist', 'native-host'), { recursive: true });
    symlinkSync(fromRoot('node_modules'), join(home, 'node_modules'), 'junction');
  });
  afterEach(async () => {
    await endNativeHosts();
    rmSync(home, { recursive: true });
  });

  it("that there are no Windows' voices but on Windows", async () => {
    expect(await fail({})).toEqual(named('not-windows', /this is (linux|darwin)/, /another engine/));
  });

  it("that edge's binary is missing", async () => {
    put(ASSEMBLY);
    expect(await fail()).toEqual(named('no-edge', /edge_nativeclr\.node is missing/, /npm test/));
  });

  it('that the assembly is missing', async () => {
    put(EDGE);
    expect(await fail()).toEqual(
      named('no-assembly', /Aside\.Sapi\.dll is missing/, /Install Aside again.*build:sapi/),
    );
  });

  it("that edge's binary is damaged, in the system's own words", async () => {
    put(ASSEMBLY);
    put(EDGE, 'damaged');
    expect(await fail()).toEqual(
      named('load-failed', /edge_nativeclr\.node cannot be loaded: ./, /Install Aside again/),
    );
  });

  it("that edge's binary is not for this runtime", async () => {
    put(ASSEMBLY);
    put(EDGE, foreignLibrary());
    expect(await fail()).toEqual(
      named('wrong-runtime', new RegExp(`not made for Node ${process.versions.node}`), /npm ci/),
    );
  });

  it.each([
    ['is damaged', () => 'damaged'],
    ['is another', () => readFileSync(fromRoot(MANAGED_HALF))],
  ])("that the assembly %s, in the CLR's own words", async (_, content) => {
    put(EDGE);
    put(MANAGED_HALF);
    put(ASSEMBLY, content());
    expect(await fail()).toEqual(named('bad-assembly', /Aside\.Sapi\.dll cannot be used: ./, /build:sapi/));
  });

  it('to the list of voices; the other engine lists its own and speaks', async () => {
    const engines = createEngines({
      engines: ['sapi', 'scripted'],
      launcher: createForkLauncher(),
      hostEntryPath: join(home, HOST),
      systemLanguage: 'en-US',
    });
    try {
      const { voices, problems } = await engines.voices.list();
      expect(problems).toEqual([
        expect.objectContaining({ code: 'engine-unavailable', details: { engine: 'sapi', reason: 'not-windows' } }),
      ]);
      expect([...new Set(voices.map(({ engine }) => engine))]).toEqual(['scripted']);
      const voice = await engines.voices.resolve(null);
      const params = { text: 'One.', voiceId: voice.id, prosody: DEFAULT_PROSODY, initialCreditBytes: 2 ** 30 };
      const spoken = await engines.poolOf(voice).request('utterance.speak', params);
      expect(spoken.audioBytes).toBeGreaterThan(0);
    } finally {
      await engines.close();
    }
  });
});

/** A library that can be loaded and is no module of this Node's, as that of another Electron is none of Electron's. */
function foreignLibrary(): Buffer {
  const report = process.report?.getReport() as { sharedObjects?: string[] } | undefined;
  const path = report?.sharedObjects?.find((name) => /\/libm[.-]/.test(name) && existsSync(name));
  if (path === undefined) throw new Error('this process has no libm of which a copy could be taken');
  return readFileSync(path);
}

describe("edge's packages, as installed", () => {
  const system = [
    'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\clr.dll',
    'C:\\Windows\\System32\\vcruntime140.dll',
  ];
  /** A Windows with everything else, over the packages of this disk. */
  const files: Files = {
    exists: (path) => system.includes(path) || path.endsWith('Aside.Sapi.dll') || existsSync(here(path)),
    list: (path) => readdirSync(here(path)),
    packageFolder: (name) => `C:\\${name}`,
    distFolder: 'C:\\dist',
  };
  const here = (path: string): string => fromRoot('node_modules', ...path.split('\\').slice(1));
  const inside = (versions: Partial<Runtime['versions']>): Runtime => ({
    platform: 'win32',
    arch: 'x64',
    versions: { node: '22.1.0', modules: '0', ...versions },
    systemRoot: 'C:\\Windows',
  });

  it('have a build for the Electron that is installed', () => {
    const { version } = JSON.parse(readFileSync(fromRoot('node_modules', 'electron', 'package.json'), 'utf8'));
    expect(locateSapi(inside({ electron: version }), files).edge).toContain(`\\x64\\${version.split('.')[0]}\\`);
  });

  it.each([
    ['Electron 45.1.0', { electron: '45.1.0' }, /electron-edge-js has no build for Electron 45\.1\.0.*43, 44\)/],
    ['Node 21.0.0', { node: '21.0.0' }, /edge-js has no build for Node 21\.0\.0.*20, 22, 24, 26\)/],
  ])('have none for %s, which is told with those that there are', async (_, versions, message) => {
    const error = await errorOf((async () => locateSapi(inside(versions), files))());
    expect(error).toMatchObject({ code: 'engine-unavailable', details: { reason: 'wrong-runtime' } });
    expect(error).toMatchObject({ message: expect.stringMatching(message) });
  });
});
