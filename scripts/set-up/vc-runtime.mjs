import { closeSync, copyFileSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import { join, win32 } from 'node:path';
import { fromRoot } from './root.mjs';

/** The one file that edge_nativeclr.node needs besides Windows and .NET Framework. Windows looks beside the .node first. */
const FILE = 'vcruntime140.dll';

/** Machine types of PE files: https://learn.microsoft.com/windows/win32/debug/pe-format#machine-types */
const machines = new Map([
  [0x8664, 'x64'],
  [0xaa64, 'arm64'],
  [0x014c, 'ia32'],
]);

/** The processor a Windows program or library is for, as Node names it; null for any other file. @param {string} path */
export function architectureOf(path) {
  const head = Buffer.alloc(4096);
  const file = openSync(path, 'r');
  try {
    readSync(file, head);
  } finally {
    closeSync(file);
  }
  const start = head.readUInt32LE(0x3c);
  if (head.toString('latin1', 0, 2) !== 'MZ' || start > head.length - 6) return null;
  if (head.toString('latin1', start, start + 4) !== 'PE\0\0') return null;
  return machines.get(head.readUInt16LE(start + 4)) ?? null;
}

/**
 * A VC runtime for `arch`: the package's own, or the system's. Files for another processor are passed over: what the
 * packages hold for arm64 is for ia32, and would keep the right one from being found.
 * @param {string} arch `x64` or `arm64`
 * @param {string} packageFolder of edge-js or electron-edge-js
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | null}
 */
export function findVcRuntime(arch, packageFolder, env = process.env) {
  const candidates = [
    join(packageFolder, 'lib', 'native', 'win32', arch, FILE),
    win32.join(env.SystemRoot ?? 'C:\\Windows', 'System32', FILE),
  ];
  return candidates.find((path) => existsSync(path) && architectureOf(path) === arch) ?? null;
}

/**
 * Puts the VC runtime beside each edge_nativeclr.node of one architecture that has none. The packages' install scripts
 * would do it, wrongly on arm64; they also fail without a .NET SDK, so they are not allowed to run.
 * @param {string} packageFolder of edge-js or electron-edge-js
 * @param {string} arch
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string[]} the files that were made
 */
export function placeVcRuntime(packageFolder, arch, env = process.env) {
  const folder = join(packageFolder, 'lib', 'native', 'win32', arch);
  const runtime = findVcRuntime(arch, packageFolder, env);
  if (runtime === null || !existsSync(folder)) return [];
  const places = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'edge_nativeclr.node')))
    .map((entry) => join(folder, entry.name, FILE))
    .filter((place) => !existsSync(place) || architectureOf(place) !== arch);
  for (const place of places) copyFileSync(runtime, place);
  return places;
}

/** On Windows, for the packages that are installed. Cheap when there is nothing to do. */
export function ensureVcRuntime() {
  if (process.platform !== 'win32') return;
  for (const name of ['edge-js', 'electron-edge-js']) placeVcRuntime(fromRoot('node_modules', name), process.arch);
}
