import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { isAsideError } from '../../../protocol/errors.ts';
import { createForkLauncher } from '../fork-launcher.ts';
import type { LaunchedHost, Launcher } from '../launcher.ts';
import { createHostProcess, type HostProcess } from './host-process.ts';
import { processNotStarted } from './process-errors.ts';

export interface ProcessOptions {
  /** What it runs: the path of a JavaScript file, or its `file:` URL. The module best calls `runProcess`. */
  readonly module: string | URL;
  readonly args?: readonly string[];
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Names it in errors, exits and the system's list of processes. Default: the file's name. */
  readonly name?: string;
  /** Default: `createForkLauncher()`. In Electron on Windows: `createUtilityProcessLauncher(utilityProcess)`. */
  readonly launcher?: Launcher;
  /** Each line that it writes to stdout or stderr. Default: written to stderr of this process, which stays free for data. */
  readonly onLine?: (line: string) => void;
}

/**
 * Starts a child process that runs a module of its own, beside this one and in its own memory. Resolves with its pid as
 * soon as the system has made it, before it has done anything. Rejects with `host-start` when the system refuses (no
 * room: `cause.code` is EAGAIN or EMFILE) or the module is not there to be read (ENOENT …), and with `host-depth` when
 * processes that start processes have come too deep.
 */
export async function startProcess(options: ProcessOptions): Promise<HostProcess> {
  const startedMs = performance.now();
  const entryPath = options.module instanceof URL ? fileURLToPath(options.module) : resolve(options.module);
  const name = options.name ?? basename(entryPath, extname(entryPath));
  const { launcher = createForkLauncher(), args = [], env, onLine = writeToStderr } = options;
  try {
    await checkModule(entryPath);
    const launched = launcher.launch({ engine: name, entryPath, args, onLine, ...(env && { env }) });
    if (!(await launched.spawned)) throw await whyOf(launched);
    return createHostProcess(launched, { name, startedMs });
  } catch (error) {
    if (isAsideError(error, 'host-depth')) throw error;
    // The launcher's own words are for hosts; what the system said is in its cause.
    const cause = isAsideError(error, 'host-start') ? (error.cause ?? error) : error;
    throw processNotStarted(name, cause, performance.now() - startedMs);
  }
}

/** Node would start, and only then fail to find it. */
async function checkModule(path: string): Promise<void> {
  await access(path, constants.R_OK);
  if (!(await stat(path)).isFile()) throw new Error(`${path} is no file`);
}

function whyOf(launched: LaunchedHost): Promise<unknown> {
  return new Promise((resolve) => launched.port.onClose(resolve));
}

function writeToStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
