import './set-up/require-node.mjs';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, programs } from './set-up/build.mjs';
import { ensureInstalled } from './set-up/install.mjs';
import { runMain } from './set-up/main.mjs';
import { fromRoot } from './set-up/root.mjs';

/**
 * `npm run -s aside -- …`: the command-line program, built when it is stale. It runs in this very process, so signals,
 * exit code, stdin and stdout are its own.
 */
await runMain(async () => {
  await ensureInstalled();
  // Only the web shell has a page.
  await (process.argv.includes('serve') ? ensureBuilt() : ensureBuilt([programs]));
  const program = fromRoot('dist', 'main', 'cli.js');
  // npm starts scripts in the root folder; the paths that the user typed are relative to where they are.
  const { INIT_CWD, npm_lifecycle_event } = process.env;
  if (INIT_CWD !== undefined && npm_lifecycle_event === 'aside') process.chdir(INIT_CWD);
  process.argv[1] = program;
  await import(pathToFileURL(program).href);
  return undefined;
});
