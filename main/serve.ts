import open from 'open';
import { createApp } from './app.ts';
import { dataDir, rendererDir } from './install-paths.ts';
import type { CliEnvironment } from './shells/cli/cli-environment.ts';
import type { Console } from './shells/cli/console.ts';
import type { CliRequest } from './shells/cli/program.ts';
import { FIRST_PAGE_TIMEOUT_MS } from './shells/web/last-page-watch.ts';
import { startWebShell } from './shells/web/web-shell.ts';

/**
 * Composes the core with the web shell, prints `{"url": …}` as one line, and runs until it is interrupted or, with
 * `exitWhenClosed`, until its last page is closed. It also ends with a parent that gave it an IPC channel.
 */
export async function serveWebShell(
  environment: Omit<CliEnvironment, 'serve'>,
  request: Extract<CliRequest, { kind: 'serve' }>,
  io: Console,
): Promise<void> {
  const { log } = environment;
  const app = await createApp({
    ...environment,
    engines: environment.chooseEngines(),
    dataDir: dataDir(process.platform, io.env),
  });
  try {
    const lastPageClosed = new AbortController();
    const shell = await startWebShell({
      app,
      unfinishedTargets: app.unfinishedTargets,
      dataDir: dataDir(process.platform, io.env),
      rendererDir: rendererDir(),
      port: request.port,
      log,
      ...(request.exitWhenClosed && {
        onLastPageClosed: (hadPages) => {
          if (!hadPages) io.stderr.write(NEVER_OPENED);
          lastPageClosed.abort();
        },
      }),
      // A browser that we open comes at once or never; a person who copies the address comes when they come.
      firstPageTimeoutMs: request.open ? FIRST_PAGE_TIMEOUT_MS : null,
    });
    try {
      io.stdout.write(`${JSON.stringify({ url: shell.url })}\n`);
      // A browser that does not start is no failure: the URL is on the screen.
      if (request.open) await open(shell.url).catch((error: unknown) => log.warn('no browser was opened', { error }));
      await aborted(AbortSignal.any([io.interrupted, lastPageClosed.signal, parentGone()]));
    } finally {
      await shell.close();
    }
  } finally {
    await app.close();
  }
}

const NEVER_OPENED =
  `aside: ended, because no browser has opened its page in ${FIRST_PAGE_TIMEOUT_MS / 60_000} minutes\n` +
  'Start it again and open the address yourself: your default browser does not seem to.\n';

/** Aborted when whoever started this process with an IPC channel has ended, however that happened. */
function parentGone(): AbortSignal {
  const gone = new AbortController();
  process.once('disconnect', () => gone.abort());
  process.channel?.unref(); // waiting for that must not keep a finished server alive
  return gone.signal;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
