import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { architectureOf } from '../set-up/vc-runtime.mjs';

/**
 * What electron-builder hands to its hook, as far as it is used here.
 * @typedef {object} Packed
 * @property {string} appOutDir
 * @property {string} electronPlatformName
 * @property {number} arch as in electron-builder's `Arch`
 * @property {{ getResourcesDir(appOutDir: string): string, config: { electronFuses?: { runAsNode?: boolean } } }} packager
 */

const X64 = 1;
const ARM64 = 3;
/** Without them there is no SAPI. */
const WINDOWS_FILES = ['edge_nativeclr.node', 'vcruntime140.dll', 'Aside.Sapi.dll'];

/**
 * electron-builder's `afterPack`: lets nothing out that cannot speak.
 * @param {Packed} packed
 */
export function afterPack({ appOutDir, electronPlatformName, arch, packager }) {
  const isWindows = electronPlatformName === 'win32';
  if (!isWindows && packager.config.electronFuses?.runAsNode !== true)
    throw new Error('hosts are forked here, which needs the fuse runAsNode: pack with npm run pack');
  if (isWindows) checkWindowsFiles(join(packager.getResourcesDir(appOutDir), 'app.asar.unpacked'), arch);
}

/**
 * @param {string} unpacked
 * @param {number} arch
 */
function checkWindowsFiles(unpacked, arch) {
  const files = readdirSync(unpacked, { recursive: true, encoding: 'utf8' });
  for (const name of WINDOWS_FILES)
    if (!files.some((file) => file.endsWith(name))) throw new Error(`${name} is not among the packed files`);

  const wanted = { [X64]: 'x64', [ARM64]: 'arm64' }[arch];
  for (const file of files.filter((name) => /\.(node|dll|exe)$/.test(name) && !isManaged(name))) {
    const found = architectureOf(join(unpacked, file));
    if (found !== wanted) throw new Error(`${file} is for ${found ?? 'no processor'}, and it is packed for ${wanted}`);
  }
}

/** Our assembly is for any processor; its file says ia32, as those of all such assemblies do. @param {string} file */
function isManaged(file) {
  return file.endsWith('Aside.Sapi.dll');
}
