import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rows } from './boundaries.mjs';
import { root } from './set-up/root.mjs';

/** `import … from 'x'`, `export … from 'x'`, `import 'x'` at the beginning of a line; `import('x')` anywhere. */
const IMPORTS = /^(?:import|export)\b(?:[^'"=;]*?\bfrom)?\s*['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]/gm;

/**
 * The imports of a file that cross a boundary.
 * @param {string} file its path from the root, with slashes
 * @param {string} source
 * @returns {string[]} one line each: where, what, and the right way
 */
export function violations(file, source) {
  const row = rows.find(({ from }) => file.startsWith(from));
  if (row === undefined) return [];
  return [...source.matchAll(IMPORTS)].flatMap((match) => {
    const target = match[1] ?? match[2] ?? '';
    if (isAllowed(row, file, target)) return [];
    const line = source.slice(0, match.index).split('\n').length;
    return [`${file}:${line} must not import ${target}: ${row.instead}.`];
  });
}

/** @param {import('./boundaries.mjs').Row} row @param {string} file @param {string} target */
function isAllowed({ may, not = [], packages }, file, target) {
  if (!target.startsWith('.')) return packages?.test(target) ?? true;
  const path = posix.join(posix.dirname(file), target);
  return may.some((start) => path.startsWith(start)) && !not.some((start) => path.startsWith(start));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folders = [...new Set(rows.map(({ from }) => from.split('/', 1)[0] ?? ''))];
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|tsx|mts|js|mjs)$/.test(name))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
  );
  const found = files.flatMap((file) => violations(file, readFileSync(join(root, file), 'utf8')));
  for (const line of found) console.error(line);
  if (found.length > 0) process.exitCode = 1;
}
