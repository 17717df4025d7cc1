/**
 * Looks for Electron's binary without importing `electron`: that starts a download when the binary is missing, and says
 * nothing about the version when ELECTRON_OVERRIDE_DIST_PATH is set.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fromRoot } from '../set-up/root.mjs';

/**
 * @typedef {object} ElectronFinding
 * @property {string} version the version that package.json pins
 * @property {string} packageDir
 * @property {string | null} path of the binary; null when there is none of that version
 * @property {string} why it is missing; empty when it is there
 */

/**
 * @param {{ platform?: NodeJS.Platform, env?: NodeJS.ProcessEnv, packageDir?: string }} [where]
 * @returns {ElectronFinding}
 */
export function findElectron({ platform = process.platform, env = process.env, packageDir = installedPackage() } = {}) {
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
  const dist = env.ELECTRON_OVERRIDE_DIST_PATH || join(packageDir, 'dist');
  const path = join(dist, binaryName(platform));
  /** @param {string} why */
  const missing = (why) => ({ version, packageDir, path: null, why });

  if (!existsSync(path)) return missing(`there is no Electron binary at ${path}`);
  const found = readVersion(join(dist, 'version'));
  if (found === null) return missing(`${dist} has a binary but no version file; it is not a whole Electron`);
  if (found !== version) return missing(`${dist} is Electron ${found}, not ${version}`);
  return { version, packageDir, path, why: '' };
}

function installedPackage() {
  return dirname(createRequire(fromRoot('package.json')).resolve('electron/package.json'));
}

/** @param {NodeJS.Platform} platform */
function binaryName(platform) {
  if (platform === 'win32') return 'electron.exe';
  return platform === 'darwin' ? join('Electron.app', 'Contents', 'MacOS', 'Electron') : 'electron';
}

/** @param {string} path */
function readVersion(path) {
  try {
    return readFileSync(path, 'utf8').trim().replace(/^v/, '');
  } catch {
    return null; // Not there or not readable: not a whole Electron either way.
  }
}
