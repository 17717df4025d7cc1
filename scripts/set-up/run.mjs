/**
 * Child programs that never outlive the script: each runs in a process group of its own (POSIX), so that Ctrl-C arrives
 * here only, is passed on once, and whatever is left after a grace period is killed with everything below it. A child
 * that could outlive a script that is itself killed (-9) is given a lifeline.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { SetUpError } from './main.mjs';
import { root } from './root.mjs';

const GRACE_MS = 5_000;
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
const isWindows = process.platform === 'win32';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] folder to run in, default: the root
 * @property {'show' | 'to-stderr' | 'collect'} [output] where the child's output goes: as it is (the default), all of it
 *   to stderr, or into the result
 * @property {boolean} [shell] resolve the command as the shell does (npm on Windows is a .cmd file)
 * @property {Record<string, string>} [env] added to the script's own
 * @property {number} [limitMs] ends the child after this time
 * @property {number} [graceMs] between asking the child to end and killing it
 * @property {boolean} [lifeline] gives the child an IPC channel, whose end tells it that this script is gone
 * @property {(line: string) => void} [onLine] takes the child's stdout line by line instead
 */
/**
 * @typedef {object} RunResult
 * @property {number | null} code null when a signal ended it or it could not be started
 * @property {NodeJS.Signals | null} signal
 * @property {boolean} timedOut
 * @property {Error | null} error why it could not be started
 * @property {string} text what it wrote, with `output: 'collect'`; without colours
 * @property {NodeJS.Signals | null} interruptedBy the signal that this script was sent meanwhile
 */

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** Each running child and the grace it is given. @type {Map<ChildProcess, number>} */
const children = new Map();
/** @type {NodeJS.Signals | null} */
let interruptedBy = null;

/**
 * Runs a program to its end, without stdin. Never rejects.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(
  command,
  args,
  { cwd = root, output = 'show', shell = false, env = {}, limitMs, graceMs = GRACE_MS, lifeline = false, onLine } = {},
) {
  const collects = output === 'collect';
  const stdout = collects || onLine !== undefined ? 'pipe' : output === 'to-stderr' ? process.stderr : 'inherit';
  const child = spawn(command, args, {
    stdio: ['ignore', stdout, collects ? 'pipe' : 'inherit', ...(lifeline ? [/** @type {const} */ ('ipc')] : [])],
    cwd,
    env: { ...process.env, ...(collects && { NO_COLOR: '1' }), ...env },
    shell,
    detached: !isWindows,
    windowsHide: true,
  });
  hold(child, graceMs);
  let text = '';
  if (collects) {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (chunk) => (text += chunk));
  } else if (onLine !== undefined && child.stdout !== null) createInterface(child.stdout).on('line', onLine);

  return new Promise((resolve) => {
    let timedOut = false;
    const timer =
      limitMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            end(child, 'SIGTERM', graceMs);
          }, limitMs);
    /** @param {Partial<RunResult>} ending */
    const settle = (ending) => {
      clearTimeout(timer);
      release(child);
      if (timedOut || interruptedBy !== null) killTree(child);
      resolve({
        code: null,
        signal: null,
        error: null,
        ...ending,
        timedOut,
        text: stripVTControlCharacters(text),
        interruptedBy,
      });
    };
    child.once('error', (error) => settle({ error }));
    child.once('close', (code, signal) => settle({ code, signal }));
  });
}

/**
 * The exit code a shell would give: 128 + n for signal n, 127 for a program that could not be started.
 * @param {RunResult} result
 */
export function exitCodeOf({ code, signal }) {
  return code ?? (signal === null ? 127 : 128 + constants.signals[signal]);
}

/** Ends the script's own work after Ctrl-C. @param {RunResult} result @returns {RunResult} */
export function unlessInterrupted(result) {
  if (result.interruptedBy !== null)
    throw new SetUpError('Interrupted.', 128 + constants.signals[result.interruptedBy]);
  return result;
}

/** @param {ChildProcess} child @param {number} graceMs */
function hold(child, graceMs) {
  if (children.size === 0) for (const signal of SIGNALS) process.on(signal, passOn);
  children.set(child, graceMs);
}

/** @param {ChildProcess} child */
function release(child) {
  children.delete(child);
  if (children.size === 0) for (const signal of SIGNALS) process.off(signal, passOn);
}

/** @param {NodeJS.Signals} signal */
function passOn(signal) {
  interruptedBy = signal;
  for (const [child, graceMs] of children) end(child, signal, graceMs);
}

/**
 * Asks a child to end; kills its tree when it is still there after the grace period.
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} signal
 * @param {number} graceMs
 */
function end(child, signal, graceMs) {
  // On Windows there is nothing to ask with: a console's Ctrl-C has reached the child already, a signal would just kill it.
  if (!isWindows) child.kill(signal);
  const timer = setTimeout(() => killTree(child), graceMs);
  child.once('close', () => clearTimeout(timer));
}

/** @param {ChildProcess} child */
function killTree(child) {
  if (child.pid === undefined) return;
  if (isWindows) {
    spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // ESRCH: the whole group is gone already.
  }
}
