import { describe, expect, it } from 'vitest';
import { type Files, locateSapi, type Runtime } from '../../../../../native-host/engines/sapi/edge-location.ts';
import { errorOf } from '../../../../helpers/error-of.ts';

const ELECTRON: Runtime = {
  platform: 'win32',
  arch: 'x64',
  versions: { electron: '44.11.4', node: '24.1.0', modules: '149' },
  systemRoot: 'C:\\Windows',
};
const NODE: Runtime = { ...ELECTRON, versions: { node: '22.3.0', modules: '127' } };
const MONO: Runtime = { ...NODE, platform: 'linux', systemRoot: '' };

const builds = (name: string, arch = 'x64') => `C:\\Aside\\node_modules\\${name}\\lib\\native\\win32\\${arch}`;
const CLR = 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\clr.dll';
const ASSEMBLY = 'C:\\Aside\\dist\\sapi\\Aside.Sapi.dll';
const IN_ELECTRON = `${builds('electron-edge-js')}\\44\\edge_nativeclr.node`;
const IN_NODE = `${builds('edge-js')}\\22\\edge_nativeclr.node`;
const complete = [IN_ELECTRON, `${builds('electron-edge-js')}\\44\\vcruntime140.dll`, IN_NODE, CLR, ASSEMBLY];
const systemRuntime = 'C:\\Windows\\System32\\vcruntime140.dll';

/** A machine that has these files and no others. */
function machine(paths: readonly string[], packages: readonly string[] = ['electron-edge-js', 'edge-js']): Files {
  return {
    exists: (path) => paths.includes(path),
    list: () => ['39', '44', 'vcruntime140.dll'],
    packageFolder: (name) => (packages.includes(name) ? `C:\\Aside\\node_modules\\${name}` : undefined),
    distFolder: 'C:\\Aside\\dist',
  };
}

const without = (...gone: string[]) => machine(complete.filter((path) => !gone.some((part) => path.includes(part))));

describe('what SAPI needs', () => {
  it('is electron-edge-js of the same major inside Electron', () => {
    expect(locateSapi(ELECTRON, machine(complete))).toEqual({ edge: IN_ELECTRON, assembly: ASSEMBLY });
  });

  it("is edge-js under plain Node, with Windows' own VC runtime where the package has none", () => {
    expect(locateSapi(NODE, machine([...complete, systemRuntime]))).toEqual({ edge: IN_NODE, assembly: ASSEMBLY });
  });

  it('is a build of edge for Mono elsewhere', () => {
    const files = { ...machine(['/a/edge-mono/127/edge_nativeclr.node', '/a/sapi/Aside.Sapi.dll']), distFolder: '/a' };
    expect(locateSapi(MONO, files).edge).toBe('/a/edge-mono/127/edge_nativeclr.node');
  });

  it.each<[string, string, Runtime, Files, RegExp, RegExp]>([
    ['no-edge', 'the package', ELECTRON, machine(complete, []), /electron-edge-js is missing/, /Install Aside again/],
    ['no-edge', "Mono's build", MONO, machine([]), /edge-mono.127/, /npm test/],
    [
      'wrong-runtime',
      "another Electron's major",
      { ...ELECTRON, versions: { ...ELECTRON.versions, electron: '45.0.0' } },
      machine(complete),
      /no build for Electron 45\.0\.0 on x64 \(it has builds for: 39, 44\)/,
      /package\.json/,
    ],
    ['no-dotnet', '.NET Framework', ELECTRON, without('clr.dll'), /\.NET Framework 4 for x64/, /dotnet-framework/],
    [
      'no-vc-runtime',
      'the VC runtime',
      ELECTRON,
      without('vcruntime140'),
      /vcruntime140\.dll, for x64/,
      /vc_redist\.x64\.exe/,
    ],
    ['no-assembly', 'the assembly', ELECTRON, without('Aside.Sapi'), /Aside\.Sapi\.dll is missing/, /build:sapi/],
  ])('%s: is missed by name without %s', async (reason, _, runtime, files, message, remedy) => {
    const error = await errorOf((async () => locateSapi(runtime, files))());
    expect(error).toMatchObject({ code: 'engine-unavailable', details: { engine: 'sapi', reason } });
    expect(error).toMatchObject({
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(remedy),
    });
  });
});
