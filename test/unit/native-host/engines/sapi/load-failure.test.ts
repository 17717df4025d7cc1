import { describe, expect, it } from 'vitest';
import { AssemblyFailure, SapiFailure } from '../../../../../native-host/engines/sapi/bridge.ts';
import { whyNotLoaded } from '../../../../../native-host/engines/sapi/load-failure.ts';

const files = { edge: 'C:\\a\\edge_nativeclr.node', assembly: 'C:\\a\\Aside.Sapi.dll' };
const runtime = {
  platform: 'win32',
  arch: 'arm64',
  versions: { node: '24.0.0', modules: '137' },
  systemRoot: '',
} as const;

describe('why SAPI could not be loaded although all files were there', () => {
  it.each([
    [
      'no-vc-runtime',
      new Error('The specified module could not be found.\n\\\\?\\C:\\a\\edge_nativeclr.node'),
      /vc_redist\.arm64/,
    ],
    ['no-vc-runtime', new Error('C:\\a\\edge_nativeclr.node is not a valid Win32 application.'), /vc_redist\.arm64/],
    [
      'wrong-runtime',
      new Error(
        "The module 'C:\\a\\edge_nativeclr.node'\nwas compiled against a different Node.js version using\nNODE_MODULE_VERSION 149. This version of Node.js requires\nNODE_MODULE_VERSION 151.",
      ),
      /npm ci/,
    ],
    ['wrong-runtime', new Error("Module did not self-register: 'C:\\a\\edge_nativeclr.node'."), /npm ci/],
    ['bad-assembly', new AssemblyFailure('Could not load file or assembly'), /build:sapi/],
    ['load-failed', new Error('Das angegebene Modul wurde nicht gefunden.'), /Install Aside again/],
    ['load-failed', new SapiFailure('REGDB_E_CLASSNOTREG', -2_147_221_164, 'class not registered'), /sfc/],
    ['load-failed', 'a string', /Install Aside again/],
  ])('is %s for %s', (reason, error, remedy) => {
    const found = whyNotLoaded(error, files, runtime);
    expect(found).toMatchObject({ code: 'engine-unavailable', details: { engine: 'sapi', reason } });
    expect(found.remedy).toMatch(remedy);
    expect(found.message).toContain(error instanceof Error ? error.message : error);
  });
});
