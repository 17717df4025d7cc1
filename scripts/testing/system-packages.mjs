import { readFileSync } from 'node:fs';
import { say } from '../set-up/main.mjs';
import { run, unlessInterrupted } from '../set-up/run.mjs';
import { findChromium, findProof, systemPackages } from './find-program.mjs';

/** @typedef {import('./find-program.mjs').SystemPackage} SystemPackage */

const APT_LIMIT_MS = 8 * 60_000;

/**
 * Sees to it that the system has what the suites need: installs it on Debian as root, else says how to.
 * @param {{ withElectron: boolean }} options whether tests run in Electron on a machine without a display
 * @returns {Promise<SystemPackage[]>} what is still missing
 */
export async function ensureSystemPackages({ withElectron }) {
  const missing = await missingPackages(
    systemPackages.filter(
      ({ onlyWith, onlyOn = process.platform, notOn }) =>
        (onlyWith === undefined || withElectron) &&
        onlyOn === process.platform &&
        notOn !== process.platform &&
        notOn !== `${process.platform} ${process.arch}`,
    ),
  );
  if (missing.length === 0) return [];
  if (!isDebian(readOsRelease()) || process.getuid?.() !== 0) return missing;
  await installWithApt(missing.map(({ get }) => get.apt));
  return missingPackages(missing);
}

/**
 * @param {readonly SystemPackage[]} packages
 * @param {(systemPackage: SystemPackage) => string | null | Promise<string | null>} [find]
 */
export async function missingPackages(packages, find = findPackage) {
  const found = await Promise.all(packages.map(find));
  return packages.filter((_, i) => found[i] === null);
}

/** @param {SystemPackage} systemPackage */
function findPackage({ name, proof }) {
  return name === 'chromium' ? findChromium() : findProof(proof);
}

/**
 * What to tell a person who has to install it.
 * @param {SystemPackage} systemPackage
 * @param {NodeJS.Platform} platform
 */
export function howToGet({ name, for: purpose, get }, platform) {
  const command = {
    win32: get.winget && `winget install ${get.winget}`,
    darwin: get.brew && `brew install ${get.brew}`,
    other: `sudo apt-get install ${get.apt}, or what your system calls it`,
  }[platform === 'win32' || platform === 'darwin' ? platform : 'other'];
  return `${name} is missing; it is for ${purpose}. ${command ? `To get it: ${command}` : 'It is not to be had here'}.`;
}

/** @param {readonly string[]} names */
async function installWithApt(names) {
  say(`Installing ${names.join(', ')} with apt-get …`);
  const install = ['install', '-y', '--no-install-recommends', ...names];
  let ending = await aptGet(install);
  if (ending.code !== 0) {
    await aptGet(['update']); // Only now: where the lists are fresh it would just cost time.
    ending = await aptGet(install);
  }
  if (ending.code !== 0)
    say(`apt-get failed: ${ending.error?.message ?? ending.text.trim().split('\n').slice(-5).join('\n')}`);
}

/** @param {readonly string[]} args */
async function aptGet(args) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  return unlessInterrupted(await run('apt-get', ['-q', ...args], { output: 'collect', limitMs: APT_LIMIT_MS, env }));
}

/** @param {string} osRelease the text of /etc/os-release */
export function isDebian(osRelease) {
  return /^ID="?debian"?$/m.test(osRelease);
}

function readOsRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return ''; // Not Linux.
  }
}
