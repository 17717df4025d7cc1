import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { findElectron } from '../electron/find-electron.mjs';
import { fromRoot, root } from '../set-up/root.mjs';
import { NotHere, settle } from './row.mjs';
import { describeFailures, runSmoke, withHeldHost } from './run-smoke.mjs';

/** @typedef {import('./run-smoke.mjs').Start} Start */
/** @typedef {import('./row.mjs').Finding} Finding */

const LAUNCHERS = /** @type {const} */ (['utility-process', 'fork']);
const ORPHAN_LIMIT_MS = 15_000;

/**
 * The rows that are about processes.
 * @param {{ engine: string, sources: Start | string, packed: Start | string }} how an Aside is started from its sources,
 *   and as packed; a text says why it cannot be
 * @param {number} [limitMs] after which a host that is still there is an orphan
 */
export function settleProcesses({ engine, sources, packed }, limitMs = ORPHAN_LIMIT_MS) {
  const env = { ASIDE_ENGINES: engine };
  return [
    () =>
      settle(
        {
          id: 9,
          question: `Does ${engine} speak in Electron: from sources with either launcher, and packed?`,
          how: '--smoke of each',
        },
        async () => {
          const all = [
            ...LAUNCHERS.map((launcher) => ({
              name: launcher,
              start: sources,
              env: { ...env, ASIDE_LAUNCHER: launcher },
            })),
            { name: 'packed', start: packed, env },
          ];
          return smokes(all);
        },
      ),
    () =>
      settle(
        {
          id: 11,
          question: 'Does a host that blocks end with a main process that is killed?',
          how: '--smoke-hold, kill main, poll the host',
        },
        () => orphans(sources, env, limitMs),
      ),
  ];
}

/** @param {readonly { name: string, start: Start | string, env: Record<string, string> }[]} all @returns {Promise<Finding>} */
async function smokes(all) {
  const found = [];
  for (const { name, start, env } of all) {
    if (typeof start === 'string') found.push({ name, ok: null, finding: `not run: ${start}`, report: null });
    else {
      try {
        const report = await runSmoke(start, env);
        found.push({ name, ok: report.ok, finding: report.ok ? 'speaks' : describeFailures(report), report });
      } catch (error) {
        found.push({ name, ok: false, finding: /** @type {Error} */ (error).message, report: null });
      }
    }
  }
  if (found.every(({ ok }) => ok === null))
    throw new NotHere(found.map(({ name, finding }) => `${name} ${finding}`).join('; '));
  return {
    finding: `${found.map(({ name, finding }) => `${name}: ${finding}`).join('; ')}. Whether a processor's shadow stack (CET) forbids it, only a machine that has one can say`,
    holds: found.every(({ ok }) => ok !== false),
    data: found,
  };
}

/** @param {Start | string} start @param {Record<string, string>} env @param {number} limitMs @returns {Promise<Finding>} */
async function orphans(start, env, limitMs) {
  if (typeof start === 'string') throw new NotHere(start);
  const found = [];
  for (const launcher of LAUNCHERS) {
    const held = { ...env, ASIDE_LAUNCHER: launcher };
    found.push({
      launcher,
      goneMs: await withHeldHost(start, held, ({ main, hosts }) => killAndWatch(main, hosts, limitMs)),
    });
  }
  return {
    finding: found
      .map(({ launcher, goneMs }) => `${launcher}: ${goneMs === null ? 'LIVES ON' : `gone after ${goneMs} ms`}`)
      .join(', '),
    holds: found.every(({ goneMs }) => goneMs !== null),
    data: found,
  };
}

/**
 * Ends the main process, and nothing else, as a task manager does.
 * @param {number} main
 * @param {readonly number[]} hosts
 * @param {number} limitMs
 * @returns {Promise<number | null>} milliseconds until no host is left; null when one is
 */
async function killAndWatch(main, hosts, limitMs) {
  if (hosts.length === 0) throw new Error('it held no host');
  const startedMs = performance.now();
  if (process.platform === 'win32') execFileSync('taskkill', ['/F', '/PID', String(main)], { stdio: 'ignore' });
  else process.kill(main, 'SIGKILL');
  while (hosts.some(isAlive)) {
    if (performance.now() - startedMs > limitMs) {
      for (const host of hosts.filter(isAlive)) process.kill(host, 'SIGKILL');
      return null;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return Math.round(performance.now() - startedMs);
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Electron with the built sources; a text says why not. @returns {Start | string} */
export function fromSources() {
  const { path, why } = findElectron();
  if (path === null) return why;
  return { command: path, args: [root, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])] };
}

/** What `npm run pack` has made for this machine; a text says why not. @returns {Start | string} */
export function asPacked() {
  const suffix = process.arch === 'x64' ? '' : `-${process.arch}`;
  const program = {
    win32: [`win${suffix}-unpacked`, 'Aside.exe'],
    linux: [`linux${suffix}-unpacked`, 'aside'],
    darwin: [`mac${suffix}`, 'Aside.app', 'Contents', 'MacOS', 'Aside'],
  }[/** @type {string} */ (process.platform)];
  if (program === undefined) return `Aside is not packed for ${process.platform}`;
  const command = fromRoot('release', ...program);
  return existsSync(command) ? { command, args: [] } : `${command} is not there: npm run pack`;
}
