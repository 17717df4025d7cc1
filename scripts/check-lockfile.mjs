import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { fromRoot } from './set-up/root.mjs';

/**
 * npm drops an optional package that it cannot fetch from the lock file, exits 0, and the next `npm ci` refuses that lock
 * file. So: every optional dependency that a locked package names must be locked itself.
 * @param {{ packages: Record<string, { optionalDependencies?: Record<string, string> }> }} lock
 * @returns {string[]} what is missing, as `who -> what`
 */
export function missingOptionals({ packages }) {
  const locked = new Set(Object.keys(packages).map((path) => path.replace(/.*node_modules\//, '')));
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !locked.has(name))
      .map((name) => `${path || 'package.json'} -> ${name}`),
  );
}

/**
 * Registry addresses belong to the machine that made the lock file; with them it works nowhere else.
 * @param {{ packages: Record<string, { resolved?: string }> }} lock
 * @returns {string[]} packages that name one
 */
export function packagesWithAddress({ packages }) {
  return Object.entries(packages).flatMap(([path, { resolved }]) =>
    resolved === undefined ? [] : `${path}: ${resolved}`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const lock = JSON.parse(readFileSync(fromRoot('package-lock.json'), 'utf8'));
  const missing = missingOptionals(lock);
  const addresses = packagesWithAddress(lock);
  for (const line of missing) console.error(`not in package-lock.json: ${line}`);
  for (const line of addresses) console.error(`names a registry address: ${line}`);
  if (missing.length > 0)
    console.error('npm ci would refuse this lock file. Pin a version whose platform packages all exist.');
  if (addresses.length > 0)
    console.error('Remove them: npm install --package-lock-only --omit-lockfile-registry-resolved');
  if (missing.length > 0 || addresses.length > 0) process.exitCode = 1;
}
