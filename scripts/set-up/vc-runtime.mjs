import { closeSync, copyFileSync, existsSync, openSync, readdirSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpError } from './main.mjs';
import { fromRoot } from './root.mjs';

/** The one file that edge_nativeclr.node needs besides Windows and .NET Framework. Windows looks beside the .node first. */
const FILE = 'vcruntime140.dll';
const EDGE = 'edge_nativeclr.node';

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
 * A VC runtime for `arch`: the one that ASIDE_VC_RUNTIME names, the package's own, Visual Studio's, the system's. Files
 * for another processor are passed over: what the packages hold for arm64 is for ia32, and would keep the right one from
 * being found.
 * @param {string} arch `x64` or `arm64`
 * @param {string} packageFolder of edge-js or electron-edge-js
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | null}
 */
export function findVcRuntime(arch, packageFolder, env = process.env) {
  const candidates = [
    ...(env.ASIDE_VC_RUNTIME ? [env.ASIDE_VC_RUNTIME] : []),
    join(packageFolder, 'lib', 'native', 'win32', arch, FILE),
    ...visualStudioRuntimes(arch, env),
    join(env.SystemRoot ?? 'C:\\Windows', 'System32', FILE),
  ];
  return candidates.find((path) => existsSync(path) && architectureOf(path) === arch) ?? null;
}

/**
 * The same, where there has to be one. Throws, with the remedy, when there is none.
 * @param {string} arch
 * @param {string} packageFolder
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 */
export function requireVcRuntime(arch, packageFolder, env = process.env) {
  const path = findVcRuntime(arch, packageFolder, env);
  if (path !== null) return path;
  throw new SetUpError(
    `There is no ${FILE} for ${arch} here, without which SAPI cannot speak on a computer that has none either. ` +
      `Install https://aka.ms/vs/17/release/vc_redist.${arch}.exe on a Windows computer for ${arch}, or Visual Studio's ` +
      `C++ build tools for ${arch} on any; or set ASIDE_VC_RUNTIME to the file.`,
  );
}

/**
 * `…/Microsoft Visual Studio/<version>/<edition>/VC/Redist/MSVC/<version>/<arch>/Microsoft.VC<n>.CRT/vcruntime140.dll`,
 * the newest first.
 * @param {string} arch
 * @param {NodeJS.ProcessEnv} env
 */
function visualStudioRuntimes(arch, env) {
  return [env.ProgramFiles, env['ProgramFiles(x86)']]
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, 'Microsoft Visual Studio'))
    .flatMap(subfolders) // 2022, 18 …
    .flatMap(subfolders) // Community, BuildTools …
    .flatMap((edition) => subfolders(join(edition, 'VC', 'Redist', 'MSVC')))
    .flatMap((version) => subfolders(join(version, arch)))
    .filter((folder) => /Microsoft\.VC\d+\.CRT$/.test(folder))
    .map((folder) => join(folder, FILE));
}

/** @param {string} folder @returns {string[]} those in it, by falling name; none when it does not exist */
function subfolders(folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = entries.map(({ name }) => name).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return names.map((name) => join(folder, name));
}

/**
 * Puts a VC runtime beside each edge_nativeclr.node of one architecture that has none, and takes away those for another
 * processor. The packages' install scripts would do it, wrongly on arm64; they also fail without a .NET SDK, so they are
 * not allowed to run.
 * @param {string} packageFolder of edge-js or electron-edge-js
 * @param {string} arch
 * @param {string | null} runtime where to take it from; null: whatever is right is left alone
 * @returns {string[]} the files that were made
 */
export function placeVcRuntime(packageFolder, arch, runtime) {
  const folder = join(packageFolder, 'lib', 'native', 'win32', arch);
  const lacking = subfolders(folder)
    .filter((build) => existsSync(join(build, EDGE)))
    .map((build) => join(build, FILE))
    .filter((place) => !existsSync(place) || architectureOf(place) !== arch);
  for (const place of lacking) {
    rmSync(place, { force: true });
    if (runtime !== null) copyFileSync(runtime, place);
  }
  return runtime === null ? [] : lacking;
}

/** On Windows, for the packages that are installed. Cheap when there is nothing to do. Without one, Windows' own serves. */
export function ensureVcRuntime() {
  if (process.platform !== 'win32') return;
  for (const name of ['edge-js', 'electron-edge-js']) {
    const folder = fromRoot('node_modules', name);
    placeVcRuntime(folder, process.arch, findVcRuntime(process.arch, folder));
  }
}
