import { dirname } from 'node:path';
import { findElectron } from '../electron/find-electron.mjs';
import { SetUpError } from '../set-up/main.mjs';
import { fromRoot } from '../set-up/root.mjs';
import { run, unlessInterrupted } from '../set-up/run.mjs';
import { stageApp } from './stage-app.mjs';

/** @typedef {import('./stage-app.mjs').Target} Target */
/**
 * @typedef {object} PackOptions
 * @property {boolean} [installers] the platform's installers, not only the folder
 * @property {string} [electronDist] folder with Electron for the target; default: what is installed here, if it is for
 *   the target, else electron-builder fetches it
 * @property {string} [outDir] default: `release`
 * @property {'show' | 'collect'} [output] where electron-builder's own words go
 */

const SYSTEMS = { linux: 'linux', win32: 'win', darwin: 'mac' };
/** Most of it is spent on compressing installers. */
const LIMIT_MS = 20 * 60_000;

/**
 * Packs what has been built. Throws, with what electron-builder said, when that fails.
 * @param {Target} target
 * @param {PackOptions} [options]
 * @returns {Promise<void>}
 */
export async function packApp(target, { installers = false, electronDist, outDir = 'release', output = 'show' } = {}) {
  const app = await stageApp(target);
  const electron = electronDist ?? ownElectron(target);
  const args = [
    fromRoot('node_modules', 'electron-builder', 'cli.js'),
    `--${SYSTEMS[target.platform]}`,
    ...(installers ? [] : ['dir']),
    `--${target.arch}`,
    ...['--publish', 'never', '--config', 'electron-builder.yml'],
    `-c.directories.app=${app}`,
    `-c.directories.output=${outDir}`,
    ...(electron === null ? [] : [`-c.electronDist=${electron}`]),
    // Hosts are forked there, and a fork is Electron posing as Node.
    ...(target.platform === 'win32' ? [] : ['-c.electronFuses.runAsNode=true']),
  ];
  const ending = unlessInterrupted(await run(process.execPath, args, { output, limitMs: LIMIT_MS }));
  if (ending.code === 0) return;
  const why = ending.timedOut ? 'it took too long' : `exit code ${ending.code}`;
  throw new SetUpError(`${ending.text}\nAside could not be packed for ${target.platform} ${target.arch} (${why}).`);
}

/** @param {Target} target */
function ownElectron({ platform, arch }) {
  if (platform !== process.platform || arch !== process.arch) return null;
  const { path } = findElectron();
  if (path === null) return null;
  return platform === 'darwin' ? dirname(dirname(dirname(dirname(path)))) : dirname(path);
}
