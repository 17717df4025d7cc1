import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** How an Aside is started: a packed one, or Electron with the folder of the sources. @typedef {{ command: string, args: readonly string[] }} Start */

const LIMIT_MS = 5 * 60_000;

/**
 * Runs `--smoke` to its end. Rejects, with what it wrote to stderr, when it leaves no report.
 * @param {Start} start
 * @param {Record<string, string>} env
 * @returns {Promise<Report>}
 */
export async function runSmoke(start, env) {
  return withSmoke(start, env, [], async (child, readReport) => {
    const [code, complaint] = await ended(child);
    const report = readReport();
    if (report === null) throw new Error(`it ended with ${code} and no report: ${complaint}`);
    return report;
  });
}

/**
 * Starts `--smoke --smoke-hold`, and hands over the pids when a host is in the middle of a blocking call.
 * @template T
 * @param {Start} start
 * @param {Record<string, string>} env
 * @param {(pids: { main: number, hosts: readonly number[] }) => Promise<T>} use
 * @returns {Promise<T>}
 */
export function withHeldHost(start, env, use) {
  return withSmoke(start, env, ['--smoke-hold'], async (child, readReport) => {
    const end = ended(child).then(([code, complaint]) => {
      throw new Error(`it ended with ${code} before it held a host: ${complaint}`);
    });
    end.catch(() => {}); // it is killed later on
    const report = await Promise.race([until(readReport), end]);
    if (!report.ok) throw new Error(`not well: ${describeFailures(report)}`);
    return use({ main: child.pid ?? 0, hosts: report.hosts });
  });
}

/**
 * @typedef {object} Report as main/shells/electron/smoke.ts writes it
 * @property {boolean} ok
 * @property {Record<string, unknown>} about
 * @property {readonly { name: string, ok: boolean, elapsedMs: number, detail: unknown }[]} steps
 * @property {readonly number[]} hosts
 */

/** @param {Report} report */
export function describeFailures(report) {
  return report.steps.flatMap(({ name, ok, detail }) => (ok ? [] : [`${name}: ${detail}`])).join('; ');
}

/**
 * @template T
 * @param {Start} start
 * @param {Record<string, string>} env
 * @param {readonly string[]} more
 * @param {(child: import('node:child_process').ChildProcess, readReport: () => Report | null) => Promise<T>} use
 */
async function withSmoke({ command, args }, env, more, use) {
  const folder = mkdtempSync(join(tmpdir(), 'aside-smoke-'));
  const path = join(folder, 'report.json');
  const child = spawn(command, [...args, `--smoke=${path}`, ...more], {
    env: { ...process.env, ASIDE_DATA_DIR: join(folder, 'data'), ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  try {
    return await use(child, () => readJson(path));
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** @param {string} path @returns {Report | null} null while it is not there, or not whole */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<[number | string, string]>} */
function ended(child) {
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk) => (stderr += chunk));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve([error.message, '']));
    child.once('close', (code, signal) => resolve([code ?? signal ?? '?', lastWords(stderr)]));
  });
}

/** What a person would look for first, without the stack. @param {string} stderr */
function lastWords(stderr) {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  return lines.slice(-12).join(' / ');
}

/**
 * @template T
 * @param {() => T | null} look
 * @returns {Promise<T>} what there is as soon as there is something
 */
async function until(look) {
  for (;;) {
    const found = look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
