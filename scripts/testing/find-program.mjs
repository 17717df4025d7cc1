import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * What shows that something is installed: any command on the path, or any file.
 * @typedef {{ commands?: readonly string[], files?: readonly string[] }} Proof
 */
/**
 * A part of the system that tests need.
 * @typedef {object} SystemPackage
 * @property {string} name
 * @property {string} for
 * @property {NodeJS.Platform} [onlyOn] needed only on that system
 * @property {string} [notOn] system, or system and processor, for which there is none, e.g. `win32 arm64`
 * @property {'electron'} [onlyWith] needed only where tests run in Electron without a display
 * @property {Proof} proof
 * @property {{ apt: string, brew?: string, winget?: string }} get its name for each package manager
 */

/** @type {readonly SystemPackage[]} */
export const systemPackages = JSON.parse(
  readFileSync(new URL('../system-packages.json', import.meta.url), 'utf8'),
).packages;

/**
 * The first proof that is there.
 * @param {Proof} proof
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | null} an absolute path
 */
export function findProof({ commands = [], files = [] }, env = process.env) {
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return onPath.find(isExecutable) ?? files.find((file) => existsSync(file)) ?? null;
}

/**
 * A Chromium for the tests: the one that ASIDE_CHROMIUM names, one of the system's, or Playwright's own.
 * @returns {Promise<string | null>} an absolute path; null when there is none
 */
export async function findChromium() {
  const { proof = {} } = systemPackages.find(({ name }) => name === 'chromium') ?? {};
  const system = process.env.ASIDE_CHROMIUM || findProof(proof);
  if (system) return system;
  const { chromium } = await import('@playwright/test');
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : null;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // Not there, or not to be run.
  }
}
