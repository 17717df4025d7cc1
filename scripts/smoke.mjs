import './set-up/require-node.mjs';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './set-up/build.mjs';
import { ensureInstalled } from './set-up/install.mjs';
import { runMain, SetUpError } from './set-up/main.mjs';
import { asPacked, fromSources } from './settling/process-rows.mjs';
import { runSmoke } from './settling/run-smoke.mjs';

const USAGE = `npm run smoke [-- <options>]    starts the packed Aside of release/, which does once what it is for

  --sources          starts Electron with what is built in place of the packed app
  --report <file>    also writes the report, as JSON, to a file
`;

/** `npm run smoke`: ends with 1 when Aside does not start, has no page, or when one of its engines does not speak. */
await runMain(async () => {
  const { sources, report: path } = parseOptions();
  await ensureInstalled();
  if (sources) await ensureBuilt();
  const start = sources ? fromSources() : asPacked();
  if (typeof start === 'string') throw new SetUpError(start);
  const report = await runSmoke(start, {}).catch((error) => {
    throw new SetUpError(`Aside did not start: ${error.message}`);
  });
  const text = JSON.stringify(report, null, 2);
  console.log(text);
  if (path !== undefined) writeFileSync(resolve(path), `${text}\n`);
  return report.ok ? 0 : 1;
});

function parseOptions() {
  try {
    return parseArgs({ options: { sources: { type: 'boolean' }, report: { type: 'string' } } }).values;
  } catch (error) {
    throw new SetUpError(`${/** @type {Error} */ (error).message}\n\n${USAGE}`, 2);
  }
}
