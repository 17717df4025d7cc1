import { posix, win32 } from 'node:path';
import { unavailable } from './unavailable.ts';

/** The program that an engine is to be loaded into. */
export interface Runtime {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** `process.versions`. */
  readonly versions: { readonly electron?: string; readonly node: string; readonly modules: string };
  /** Folder of Windows; other systems have none. */
  readonly systemRoot: string;
}

/** What of the disk decides. */
export interface Files {
  exists(path: string): boolean;
  /** Names in a folder; none when it does not exist. */
  list(path: string): readonly string[];
  /** The folder of an installed package; undefined when it is not installed. */
  packageFolder(name: string): string | undefined;
  /** `dist`, from which the host was started. */
  readonly distFolder: string;
}

/** The two files that make SAPI's .NET half part of this process. */
export interface SapiFiles {
  /** edge_nativeclr.node: starts the CLR in this process and calls into it. */
  readonly edge: string;
  /** Aside.Sapi.dll, our own. */
  readonly assembly: string;
}

export const REINSTALL = 'Install Aside again.';
export const REBUILD = `${REINSTALL} From sources: npm run build:sapi.`;
const FRAMEWORK_FOLDERS: Readonly<Record<string, string>> = { x64: 'Framework64', arm64: 'FrameworkArm64' };

/**
 * Finds what SAPI needs, and says by name what is missing *before* anything is loaded: without .NET Framework,
 * edge_nativeclr.node ends the whole process without a word (agracio/electron-edge-js#129).
 *
 *   Electron        node_modules/electron-edge-js/lib/native/win32/<arch>/<Electron's major>/edge_nativeclr.node
 *   Node, Windows   node_modules/edge-js/lib/native/win32/<arch>/<Node's major>/edge_nativeclr.node
 *   Node, Mono      dist/edge-mono/<ABI>/edge_nativeclr.node, built by scripts/build-edge-mono.mjs (tests only)
 *   beside these    vcruntime140.dll, unless Windows has its own (Windows only)
 *   assembly        dist/sapi/Aside.Sapi.dll
 *
 * Throws `engine-unavailable`.
 */
export function locateSapi(runtime: Runtime, files: Files): SapiFiles {
  const onWindows = runtime.platform === 'win32';
  const { join } = onWindows ? win32 : posix;
  const edge = onWindows ? locateOnWindows(runtime, files) : locateMono(runtime, files);
  const assembly = join(files.distFolder, 'sapi', 'Aside.Sapi.dll');
  if (!files.exists(assembly)) {
    throw unavailable('no-assembly', `${assembly} is missing`, REBUILD);
  }
  return { edge, assembly };
}

function locateMono({ versions }: Runtime, files: Files): string {
  const edge = posix.join(files.distFolder, 'edge-mono', versions.modules, 'edge_nativeclr.node');
  if (files.exists(edge)) return edge;
  throw unavailable('no-edge', `${edge} is missing`, 'Run npm test once: it builds it where Mono and g++ are.');
}

function locateOnWindows(runtime: Runtime, files: Files): string {
  const { arch, versions, systemRoot } = runtime;
  const name = versions.electron === undefined ? 'edge-js' : 'electron-edge-js';
  const folder = files.packageFolder(name);
  if (folder === undefined) throw unavailable('no-edge', `the package ${name} is missing`, REINSTALL);
  const builds = win32.join(folder, 'lib', 'native', 'win32', arch);
  const [major = ''] = (versions.electron ?? versions.node).split('.');
  const edge = win32.join(builds, major, 'edge_nativeclr.node');
  if (!files.exists(edge)) throw wrongRuntime(name, runtime, files.list(builds));

  const framework = win32.join(systemRoot, 'Microsoft.NET', FRAMEWORK_FOLDERS[arch] ?? arch, 'v4.0.30319', 'clr.dll');
  if (!files.exists(framework)) {
    const needed = arch === 'arm64' ? '4.8.1' : '4.8';
    const get = `Install .NET Framework ${needed}: https://dotnet.microsoft.com/download/dotnet-framework`;
    throw unavailable('no-dotnet', `.NET Framework 4 for ${arch} is missing (${framework})`, get);
  }
  const places = [win32.dirname(edge), win32.join(systemRoot, 'System32')];
  if (!places.some((place) => files.exists(win32.join(place, 'vcruntime140.dll')))) throw noVcRuntime(arch, places);
  return edge;
}

export function noVcRuntime(arch: string, places: readonly string[], cause?: unknown) {
  return unavailable(
    'no-vc-runtime',
    `the Visual C++ runtime, vcruntime140.dll, for ${arch} is neither in ${places.join(' nor in ')}`,
    `Install the Visual C++ Redistributable: https://aka.ms/vs/17/release/vc_redist.${arch}.exe`,
    cause,
  );
}

function wrongRuntime(name: string, { arch, versions }: Runtime, builds: readonly string[]) {
  const program = nameOf(versions);
  const majors = builds.filter((build) => /^\d+$/.test(build)).map(Number);
  const has = majors.length === 0 ? 'none' : majors.sort((a, b) => a - b).join(', ');
  return unavailable(
    'wrong-runtime',
    `${name} has no build for ${program} on ${arch} (it has builds for: ${has})`,
    `Run Aside with one of these versions, or install the version of ${name} that package.json names.`,
  );
}

/** A build that is there, and that this program refuses, as another major's. `said` is the program's own word. */
export function notForThis({ versions, arch }: Runtime, edge: string, said: string, cause: unknown) {
  return unavailable(
    'wrong-runtime',
    `${edge} is not made for ${nameOf(versions)} on ${arch}: ${said}`,
    `${REINSTALL} From sources: npm ci, which installs the versions that fit together.`,
    cause,
  );
}

function nameOf({ electron, node }: Runtime['versions']): string {
  return electron === undefined ? `Node ${node}` : `Electron ${electron}`;
}
