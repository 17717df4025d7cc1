import process from 'node:process';
import { createDeferred } from '../../protocol/contract/deferred.ts';
import type { Port } from '../../protocol/contract/port.ts';
import { sendNotice, withoutNotices } from '../../protocol/contract/process-notice.ts';
import { ExitCode, endAtOnce, endOrderly } from './end-process.ts';
import { describe, endOnDefects, guardProcess } from './guard-process.ts';
import { claimParentPort } from './parent-port.ts';

/** How long the last messages may take to arrive; a parent that reads at all takes them in far less. */
const LAST_MESSAGES_MS = 10_000;

/** What a process is given by the one that started it. */
export interface ProcessContext {
  /** To the parent: plain data, as it is. When it closes, the parent is gone, and so is this process. */
  readonly port: Port;
  readonly args: readonly string[];
  /**
   * Aborted when the parent wants the end (`interrupt`, `terminate`, `stop`), or the system does. Who has looked at it has
   * taken the end into its own hands, and returns soon; without it, SIGINT and SIGTERM end the process as ever.
   */
  readonly signal: AbortSignal;
}

/** The exit code is what it returns: 0 for nothing, 70 when it throws. */
export type ProcessMain = (context: ProcessContext) => number | undefined | Promise<number | undefined>;

/**
 * The whole of a module that `startProcess` starts. The process ends with its parent, also on Linux in the middle of a
 * blocking call, and when `main` returns, whatever else is open then. It may block: nobody but itself waits.
 */
export async function runProcess(main: ProcessMain): Promise<void> {
  const parentPid = process.ppid;
  endOnDefects();
  const parent = claimParentPort();
  if (!parent) endOrderly(ExitCode.usage, 'it has no parent to talk to: it is started by startProcess(), not by hand');
  parent.onClose(() => endAtOnce(ExitCode.done, 'its parent is gone'));

  let end: AbortController | undefined;
  const heard = createDeferred<void>();
  const port = withoutNotices(parent, (notice) => {
    if (notice === 'heard') heard.resolve();
    if (notice !== 'interrupt') return;
    if (end) end.abort(interrupted('its parent'));
    else process.kill(process.pid, 'SIGINT'); // what it would have come to if it could have been sent
  });
  guardProcess(parent, parentPid);
  sendNotice(port, 'running');
  const sayLast = async (): Promise<void> => {
    sendNotice(port, 'leaving');
    await Promise.all([Promise.race([heard.promise, parent.flush(LAST_MESSAGES_MS)]), printed()]);
  };
  try {
    const exitCode = await main({
      port,
      args: process.argv.slice(2),
      get signal() {
        end ??= abortOnSignals();
        return end.signal;
      },
    });
    await sayLast();
    endOrderly(exitCode ?? ExitCode.done);
  } catch (error) {
    await sayLast();
    endOrderly(ExitCode.defect, describe(error));
  }
}

/** Resolves when what was printed has left: on Windows it does so on its own time. */
async function printed(): Promise<void> {
  const left = (stream: NodeJS.WriteStream) => new Promise((resolve) => stream.write('', resolve)); // also when broken
  await Promise.all([left(process.stdout), left(process.stderr)]);
}

function abortOnSignals(): AbortController {
  const end = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end.abort(interrupted(signal)));
  return end;
}

function interrupted(by: string): DOMException {
  return new DOMException(`interrupted by ${by}`, 'AbortError');
}
