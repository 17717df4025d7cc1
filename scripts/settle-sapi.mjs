import './set-up/require-node.mjs';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findElectron } from './electron/find-electron.mjs';
import { ensureBuilt } from './set-up/build.mjs';
import { ensureInstalled } from './set-up/install.mjs';
import { runMain, SetUpError, say } from './set-up/main.mjs';
import { fromRoot } from './set-up/root.mjs';
import { settleEdgeLoading } from './settling/edge-row.mjs';
import { askProbe } from './settling/probe.mjs';
import { asPacked, fromSources, settleProcesses } from './settling/process-rows.mjs';
import { isAllWell, reportOf } from './settling/row.mjs';
import { settleSapi } from './settling/sapi-rows.mjs';

const USAGE = `npm run settle:sapi [-- <options>]    asks this Windows what no other system can answer

  --out <folder>    where settle-sapi.json and settle-sapi.md go; default: dist/settling
  --scripted        asks the scripted voices, and with them what does not need Windows: to test this program
`;

/** `npm run settle:sapi`: ends with 1 when a question stays open, or when its answer is not what Aside relies on. */
await runMain(async () => {
  const { out, scripted } = parseOptions();
  if (process.platform !== 'win32' && !scripted) throw new SetUpError(`This is no Windows.\n\n${USAGE}`, 2);
  await ensureInstalled();
  await ensureBuilt();
  const rows = [...(await settleSapi(await askProbe(scripted ? 'scripted' : 'windows')))];
  const engine = scripted ? 'scripted' : 'sapi';
  for (const ask of settleProcesses({ engine, sources: fromSources(), packed: asPacked() })) rows.push(await ask());
  rows.push(await settleEdgeLoading());
  rows.sort((a, b) => a.id - b.id);

  const machine = {
    system: `${process.platform} ${release()} ${process.arch}`,
    processor: cpus()[0]?.model ?? 'unknown',
    node: process.version,
    electron: findElectron().version,
    voices: scripted ? 'SCRIPTED' : "this Windows' own",
  };
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'settle-sapi.json'), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
  const report = reportOf(rows, machine);
  writeFileSync(join(out, 'settle-sapi.md'), report);
  say(report);
  return isAllWell(rows) ? 0 : 1;
});

function parseOptions() {
  try {
    const { values } = parseArgs({ options: { out: { type: 'string' }, scripted: { type: 'boolean' } } });
    return { out: values.out ?? fromRoot('dist', 'settling'), scripted: values.scripted === true };
  } catch (error) {
    throw new SetUpError(`${/** @type {Error} */ (error).message}\n\n${USAGE}`, 2);
  }
}
