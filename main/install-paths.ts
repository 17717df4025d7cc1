import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Programs and pages lie beside this bundle: dist/main, dist/native-host, dist/renderer, dist/preload. */
const beside = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const hostEntryPath = (): string => outsideArchive(beside('native-host/host.cjs'));
export const audioHostEntryPath = (): string => outsideArchive(beside('native-host/audio-host.cjs'));
export const rendererDir = (): string => beside('renderer');
export const preloadPath = (): string => beside('preload/preload.cjs');

/**
 * A host is a program of its own, which knows nothing of Electron's archive. In the packed app it lies beside the archive,
 * with all that it loads: `asarUnpack` in electron-builder.yml. Other paths stay as they are.
 */
export function outsideArchive(path: string): string {
  return path.replace(/(?<=[\\/])app\.asar(?=[\\/])/, 'app.asar.unpacked');
}

/** Where settings and the draft live when no Electron says so. `ASIDE_DATA_DIR` overrides it. Absolute; empty variables count as unset. */
export function dataDir(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  if (env.ASIDE_DATA_DIR) return resolve(env.ASIDE_DATA_DIR);
  if (platform === 'win32') return join(env.APPDATA || join(homedir(), 'AppData', 'Roaming'), 'Aside');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Aside');
  return join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'aside');
}
