import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../set-up/main.mjs';
import { fromRoot } from '../set-up/root.mjs';
import { run, unlessInterrupted } from '../set-up/run.mjs';
import { readStamp, writeStamp } from '../set-up/stamp.mjs';
import { findElectron } from './find-electron.mjs';

const UNASKED_LIMIT_MS = 60_000;
/** Whoever asks for it may have a slow line. */
const ASKED_LIMIT_MS = 15 * 60_000;

/**
 * Electron's binary, fetched when it is missing. Unasked that is tried once for each version and at most for a minute;
 * a failure is remembered. Never rejects but for Ctrl-C.
 * @param {{ asked: boolean }} options
 * @returns {Promise<import('./find-electron.mjs').ElectronFinding>}
 */
export async function ensureElectron({ asked }) {
  const finding = findElectron();
  const overridden = process.env.ELECTRON_OVERRIDE_DIST_PATH !== undefined;
  if (finding.path !== null || overridden) return finding; // A folder that the user names is theirs to fill.

  const stamp = fromRoot('dist', 'stamps', `electron-${finding.version}-not-fetched`);
  const earlier = readStamp(stamp);
  if (earlier !== null && !asked) {
    return {
      ...finding,
      why: `Electron ${finding.version} could not be fetched earlier (${earlier}); npm start -- --get-electron tries again`,
    };
  }
  const failure = await fetchElectron(finding, asked ? ASKED_LIMIT_MS : UNASKED_LIMIT_MS);
  if (failure === null) {
    rmSync(stamp, { force: true });
    return findElectron();
  }
  writeStamp(stamp, failure);
  return {
    ...finding,
    why: `Electron ${finding.version} could not be fetched (${failure}); npm start -- --get-electron tries again`,
  };
}

/**
 * @param {import('./find-electron.mjs').ElectronFinding} finding
 * @param {number} limitMs
 * @returns {Promise<string | null>} why it failed
 */
async function fetchElectron({ version, packageDir }, limitMs) {
  const limit = limitMs <= 60_000 ? `${limitMs / 1000} s` : `${limitMs / 60_000} minutes`;
  say(`Waiting for the download of Electron ${version} (about 120 MB), at most ${limit} …`);
  const result = unlessInterrupted(
    await run(process.execPath, [join(packageDir, 'install.js')], { output: 'collect', limitMs }),
  );
  if (result.timedOut) return `not done after ${limit}`;
  if (result.code !== 0) return failureIn(result.text) ?? `its installer ended with code ${result.code}`;
  const { path, why } = findElectron();
  return path === null ? why : null;
}

/**
 * The line of an installer's output that says what went wrong.
 * @param {string} text
 * @returns {string | null}
 */
export function failureIn(text) {
  if (/fetch failed|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH/.test(text))
    return 'its download server cannot be reached';
  const line = text.split('\n').find((candidate) => /\w*Error\b/.test(candidate));
  return line === undefined ? null : line.trim().slice(0, 200);
}
