import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A fingerprint of files: the same as long as no path and no byte below the given paths changes. Times do not count, so
 * a checkout of the same sources is not a change.
 * @param {string} base folder that the paths are relative to
 * @param {readonly string[]} paths files and folders; one that does not exist counts as absent
 * @returns {string}
 */
export function fingerprint(base, paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => filesBelow(base, path))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(base, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} base @param {string} path @returns {string[]} relative to base, in an order that only names decide */
function filesBelow(base, path) {
  try {
    const entries = readdirSync(join(base, path), { withFileTypes: true });
    const names = entries
      .map((entry) => entry.name)
      .filter((name) => !name.startsWith('.') && !/\.tsbuildinfo$/.test(name));
    return names.sort().flatMap((name) => filesBelow(base, `${path}/${name}`));
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOTDIR') return [path];
    if (code === 'ENOENT') return [];
    throw error;
  }
}

/** @param {string} path @returns {string | null} what was stamped, null when nothing was */
export function readStamp(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // No stamp, or none that can be read: the same, the work is done again.
  }
}

/** @param {string} path @param {string} text */
export function writeStamp(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
