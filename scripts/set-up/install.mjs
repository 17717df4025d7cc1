import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { withLock } from './lock.mjs';
import { SetUpError, say } from './main.mjs';
import { runNpm } from './npm.mjs';
import { fromRoot } from './root.mjs';
import { readStamp, writeStamp } from './stamp.mjs';
import { ensureVcRuntime } from './vc-runtime.mjs';

const stampPath = fromRoot('node_modules', '.aside-install');

/** Installs the packages of package-lock.json when node_modules is absent or holds others. */
export async function ensureInstalled() {
  if (!isInstalled()) {
    await withLock(fromRoot('dist', 'stamps', 'lock'), async () => {
      if (isInstalled()) return; // Another script has just done it.
      await installPackages();
      writeStamp(stampPath, lockHash());
    });
  }
  ensureVcRuntime();
}

function isInstalled() {
  if (readStamp(stampPath) === lockHash()) return true;
  const installed = readStamp(fromRoot('node_modules', '.package-lock.json'));
  if (installed === null) return false;
  const wanted = readFileSync(fromRoot('package-lock.json'), 'utf8');
  if (!holdsWhatLockWants(JSON.parse(wanted), JSON.parse(installed))) return false;
  writeStamp(stampPath, lockHash()); // Somebody ran npm themselves.
  return true;
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(fromRoot('package-lock.json')))
    .digest('hex');
}

/** @typedef {{ packages: Record<string, { version?: string, optional?: boolean }> }} Lock */

/**
 * Whether npm's own record of node_modules (`node_modules/.package-lock.json`, written when an install has finished) is
 * the lock file, but for optional packages, which npm leaves out where they do not fit the machine.
 * @param {Lock} wanted
 * @param {Lock} installed
 * @returns {boolean}
 */
export function holdsWhatLockWants(wanted, installed) {
  const nothingElse = Object.keys(installed.packages).every((path) => path in wanted.packages);
  return (
    nothingElse &&
    Object.entries(wanted.packages).every(([path, { version, optional }]) => {
      const found = installed.packages[path];
      return path === '' || (found === undefined ? optional === true : found.version === version);
    })
  );
}

async function installPackages() {
  const modules = fromRoot('node_modules');
  // npm would empty the folder at the other end, which another checkout may be using.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new SetUpError(
      `node_modules is a link to ${readlinkSync(modules)}, which does not hold what package-lock.json asks for. ` +
        'Run npm ci there, or remove the link and run this again.',
    );
  }
  say('Installing packages with npm ci, which takes a minute or two …');
  const args = ['ci', '--include=dev', '--include=optional', '--loglevel=error'];
  const result = await runNpm(args, { output: 'to-stderr' });
  if (result.code !== 0) {
    throw new SetUpError(
      `npm ci failed (exit code ${result.code}); npm says why above. Aside needs its packages to go on. Without a ` +
        'network, connect and run this again; behind a proxy, tell npm: npm config set proxy http://…',
    );
  }
}
