import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './main.mjs';

const POLL_MS = 100;
/** No install or build takes this long: by then the process that the lock names is another one with the same number. */
const MAX_AGE_MS = 30 * 60_000;
/** A lock that names nobody is being written; after this its writer was killed in between. */
const MAX_EMPTY_MS = 5_000;

/**
 * Does work that must not happen twice at the same time in one checkout (installing, building). Waits for a living
 * process that holds the lock; takes over from a dead one.
 * @template T
 * @param {string} path of the lock file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  for (let said = false; !take(path); said = true) {
    if (!said)
      say(
        `Waiting for another script that sets up this checkout, as ${path} says. If there is none, delete that file …`,
      );
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** @param {string} path @returns {boolean} whether the lock is ours now */
function take(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  }
  if (ageMs(path) > MAX_AGE_MS || !isHeld(path)) rmSync(path, { force: true });
  return false;
}

/** @param {string} path @returns {number} 0 when it was let go just now or is being written */
function holder(path) {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return 0; // Gone between our attempt and this look: the next attempt tells.
  }
}

/** @param {string} path */
function ageMs(path) {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}

/** @param {string} path @returns {boolean} whether the process that it names lives, or may still write its name */
function isHeld(path) {
  const pid = holder(path);
  return pid === 0 ? ageMs(path) < MAX_EMPTY_MS : isAlive(pid);
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
