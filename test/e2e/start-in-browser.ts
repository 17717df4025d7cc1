import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Download } from '@playwright/test';
import { hostsBelow } from './processes.ts';
import { END_LIMIT_MS, type RunningAside, type StartOptions } from './running-aside.ts';

const CLI_PATH = fileURLToPath(new URL('../../dist/main/cli.js', import.meta.url));

/** A web shell that runs, and the address that opens it. */
interface WebServer {
  readonly url: string;
  readonly pid: number;
  /** The signal is sent once; resolves when the process is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** `aside serve` as built. Rejects, with what it wrote to stderr, when it ends before it has said its address. */
async function startServer({ dataDir, env }: StartOptions): Promise<WebServer> {
  const child = spawn(process.execPath, [CLI_PATH, 'serve', '--no-open'], {
    env: { ...process.env, ASIDE_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const complaints = text(child.stderr);
  const url = await Promise.race([firstUrl(child), exited.then(() => null)]);
  if (url === null) throw new Error(`aside serve ended before it was ready: ${await complaints}`);
  return {
    url,
    pid: child.pid ?? 0,
    end: async (signal) => {
      child.kill(signal);
      await withinLimit(exited, child);
    },
  };
}

/** Aside in a tab of its own, with a session of its own. */
export async function startInBrowser(browser: Browser, options: StartOptions): Promise<RunningAside> {
  const server = await startServer(options);
  const context = await browser.newContext();
  const page = await context.newPage();
  const downloads: Download[] = [];
  page.on('download', (download) => downloads.push(download));
  await page.goto(server.url);
  return {
    page,
    pid: server.pid,
    entryUrl: server.url,
    chooseFile: async (path, open) => {
      const chooser = page.waitForEvent('filechooser');
      await open();
      await (await chooser).setFiles(path);
    },
    hostPids: (engine) => Promise.resolve(hostsBelow(server.pid, engine)),
    chooseExportTarget: () => Promise.resolve(),
    fetchExport: async (path) => {
      const download = downloads.shift() ?? (await page.waitForEvent('download'));
      await download.saveAs(path);
    },
    kill: () => server.end('SIGKILL'),
    close: () => closeBoth(context, server),
  };
}

async function closeBoth(context: BrowserContext, server: WebServer): Promise<void> {
  await context.close();
  await server.end('SIGTERM');
}

async function firstUrl(child: ChildProcess): Promise<string | null> {
  if (!child.stdout) return null;
  for await (const line of createInterface(child.stdout)) return (JSON.parse(line) as { url: string }).url;
  return null;
}

async function withinLimit(exited: Promise<unknown>, child: ChildProcess): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), END_LIMIT_MS);
  });
  const outcome = await Promise.race([exited, late]);
  clearTimeout(timer);
  if (outcome !== 'late') return;
  child.kill('SIGKILL');
  throw new Error(`aside serve (pid ${child.pid}) did not end within ${END_LIMIT_MS} ms of being asked to`);
}
