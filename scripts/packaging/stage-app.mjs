import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpError, say } from '../set-up/main.mjs';
import { runNpm } from '../set-up/npm.mjs';
import { fromRoot, root } from '../set-up/root.mjs';
import { fingerprint, readStamp, writeStamp } from '../set-up/stamp.mjs';
import { placeVcRuntime, requireVcRuntime } from '../set-up/vc-runtime.mjs';

/** @typedef {{ platform: 'linux' | 'win32' | 'darwin', arch: 'x64' | 'arm64' }} Target */

/** What decides which packages there are. */
const MANIFEST = ['package.json', 'package-lock.json', '.npmrc'];
/** It takes five seconds where nothing else runs; without a network npm itself gives up after a minute or two. */
const INSTALL_LIMIT_MS = 4 * 60_000;

/** npm could not fetch the packages; it says why above. */
export class StagingError extends SetUpError {}

/**
 * Makes the folder that electron-builder packs: what is built, and the packages that the target needs at run time, with
 * the binaries of its platform, whatever this machine is. The packages are kept for the next time.
 * @param {Target} target
 * @returns {Promise<string>} its absolute path
 */
export async function stageApp(target) {
  const folder = fromRoot('dist', 'stage', `${target.platform}-${target.arch}`);
  await installPackages(folder, target);
  copyBuilt(folder, target);
  if (target.platform === 'win32') {
    const edge = join(folder, 'node_modules', 'electron-edge-js');
    placeVcRuntime(edge, target.arch, requireVcRuntime(target.arch, edge));
  }
  return folder;
}

/** @param {string} folder @param {Target} target */
async function installPackages(folder, { platform, arch }) {
  const stampPath = join(folder, 'packages.stamp');
  const stamp = fingerprint(root, MANIFEST);
  if (readStamp(stampPath) === stamp) return;
  say(`Installing the packages of Aside for ${platform} ${arch} …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of MANIFEST) copyFileSync(fromRoot(name), join(folder, name));
  const system = [`--os=${platform}`, `--cpu=${arch}`, ...(platform === 'linux' ? ['--libc=glibc'] : [])];
  const args = ['ci', '--omit=dev', '--include=optional', '--prefer-offline', '--loglevel=error', ...system];
  const { code, timedOut } = await runNpm(args, { cwd: folder, output: 'to-stderr', limitMs: INSTALL_LIMIT_MS });
  if (code !== 0) {
    throw new StagingError(
      `The packages of Aside for ${platform} ${arch} could not be installed: npm ci ${timedOut ? 'took too long' : `ended with ${code}`}, see above. It needs the network once for each target.`,
    );
  }
  writeStamp(stampPath, stamp);
}

/** @param {string} folder @param {Target} target */
function copyBuilt(folder, { platform }) {
  const dist = join(folder, 'dist');
  rmSync(dist, { recursive: true, force: true });
  const parts = ['main', 'preload', 'renderer', 'native-host', ...(platform === 'win32' ? ['sapi'] : [])];
  for (const part of parts) {
    if (!existsSync(fromRoot('dist', part))) {
      const why =
        part === 'sapi' ? ', because there is no C# compiler here. npm run build:sapi says how to get one' : '';
      throw new SetUpError(`dist/${part} has not been built${why}.`);
    }
    cpSync(fromRoot('dist', part), join(dist, part), { recursive: true });
  }
  // In the packed app the host lies outside of the archive, and package.json, which says what its files are, inside.
  writeFileSync(join(dist, 'native-host', 'package.json'), '{ "type": "module" }\n');
}
