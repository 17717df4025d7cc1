import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folders whose imports run in what users get. */
const SOURCES = ['main', 'native-host', 'protocol', 'renderer', 'lane', 'shared-state'];
const IMPORTS = /^(?:import|export)\b(?! type)(?:[^'"=;]*?\bfrom)?\s*['"]([^'".\n][^'"\n]*)['"]/gm;
/** Loaded by other means than an import, and not with what they need at their own build. */
const ALONE = ['electron', 'electron-edge-js', 'koffi', '@echogarden/espeak-ng-emscripten'];
/** What a package has compiled in, and does not come with the licence of. */
const INSIDE = {
  'wasm-media-encoders': ['packaging/licences/lame.txt', 'packaging/licences/xiph.txt'],
};

/** @typedef {{ readonly name: string, readonly licence: string, readonly text: string }} Package */

/**
 * The licence of Aside, then those of all that comes with it; packages with the same text stand together.
 * @param {string} root
 */
export function noticesText(root) {
  /** @type {Map<string, string[]>} */
  const byText = new Map();
  for (const { name, licence, text } of packagesOf(root)) {
    const names = byText.get(text) ?? [];
    byText.set(text, [...names, `${name} (${licence})`]);
  }
  const others = [...byText].map(([text, names]) => `${names.join(', ')}\n\n${text}`);
  const inside = Object.entries(INSIDE).flatMap(([name, paths]) =>
    paths.map((path) => `In ${name}:\n\n${textOf(join(root, path))}`),
  );
  const sections = [`Aside (GPL-3.0-or-later)\n\n${textOf(join(root, 'LICENSE'))}`, ...inside, ...others];
  return `${sections.join(`\n\n${'-'.repeat(72)}\n\n`)}\n`;
}

/** @param {string} root @returns {Package[]} by name */
function packagesOf(root) {
  /** @type {Map<string, Package>} */
  const found = new Map();
  /** @param {string} name @param {string} from @param {boolean} isAlone */
  const visit = (name, from, isAlone) => {
    const dir = folderOf(name, from, root);
    if (found.has(dir)) return;
    const { license, dependencies = {} } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
    found.set(dir, { name, licence: license, text: licenceIn(dir, license) });
    for (const needed of isAlone ? [] : Object.keys(dependencies)) {
      if (!needed.startsWith('@types/')) visit(needed, dir, false);
    }
  };
  for (const name of ALONE) visit(name, root, true);
  for (const name of importedPackages(root)) visit(name, root, false);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @param {string} root */
function importedPackages(root) {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(root, folder, name)),
  );
  const targets = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(IMPORTS)].map(([, name]) => name ?? ''),
  );
  const names = targets.filter((name) => !name.startsWith('node:')).map(packageName);
  return [...new Set(names)].filter((name) => !ALONE.includes(name));
}

/** @param {string} target */
function packageName(target) {
  return target.split('/', target.startsWith('@') ? 2 : 1).join('/');
}

/** Where Node finds it. @param {string} name @param {string} from @param {string} root @returns {string} */
function folderOf(name, from, root) {
  const dir = join(from, 'node_modules', name);
  if (existsSync(join(dir, 'package.json'))) return dir;
  if (from === root) throw new Error(`${name} is not installed: npm ci`);
  return folderOf(name, dirname(from), root);
}

/** @param {string} dir @param {string} licence */
function licenceIn(dir, licence) {
  const name = readdirSync(dir).find((candidate) => /^(licen[cs]e|copying)/i.test(candidate));
  if (name === undefined) return `Under ${licence}; no text comes with the package.`;
  return textOf(join(dir, name)).replace(/^@.*\n+/, ''); // some begin with the name of their package
}

/** @param {string} path */
function textOf(path) {
  const lines = readFileSync(path, 'utf8').split(/\r?\n/);
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}
