import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication } from '@playwright/test';
import { findElectron } from '../../scripts/electron/find-electron.mjs';
import { hostsBelow } from './processes.ts';
import type { RunningAside, StartOptions } from './running-aside.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Why Electron cannot be started here; null when it can. */
export function whyNoElectron(): string | null {
  const { path, why } = findElectron();
  return path === null ? why : null;
}

/** The app as built, in a window of its own. */
export async function startInElectron({ dataDir, env }: StartOptions): Promise<RunningAside> {
  const { path } = findElectron();
  if (path === null) throw new Error('there is no Electron here');
  const electron = await _electron.launch({
    executablePath: path,
    // Nobody is to listen, and Electron refuses to run as root with its sandbox on.
    args: [ROOT, '--mute-audio', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    env: { ...definedOnly(process.env), ASIDE_DATA_DIR: dataDir, ...env },
  });
  const page = await electron.firstWindow();
  const main = electron.process();
  return {
    page,
    pid: main.pid ?? 0,
    entryUrl: null,
    chooseFile: async (file, open) => {
      await answerOpenDialog(electron, file);
      await open();
    },
    hostPids: async (engine) => [...hostsBelow(main.pid ?? 0, engine), ...(await utilityPids(electron, engine))],
    chooseExportTarget: (file) => answerSaveDialog(electron, file),
    fetchExport: () => Promise.resolve(),
    kill: async () => {
      const closed = electron.waitForEvent('close');
      main.kill('SIGKILL');
      await closed;
    },
    close: () => electron.close(),
  };
}

/** A utility process does not show what it was started with in the system's list; Electron knows its name. */
function utilityPids(electron: ElectronApplication, engine: string): Promise<number[]> {
  return electron.evaluate(({ app }, name) => {
    const hosts = app.getAppMetrics().filter((metric) => metric.name === name);
    return hosts.sort((a, b) => a.creationTime - b.creationTime).map(({ pid }) => pid);
  }, `Aside ${engine} host`);
}

/** The native dialogs are not part of the page: nobody could click in them. */
async function answerOpenDialog(electron: ElectronApplication, file: string): Promise<void> {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, file);
}

async function answerSaveDialog(electron: ElectronApplication, file: string): Promise<void> {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
