import './set-up/require-node.mjs';
import { ensureInstalled } from './set-up/install.mjs';
import { runMain } from './set-up/main.mjs';
import { runChecks } from './testing/checks.mjs';

/** `npm run check`: everything that can be said about the sources without running them. */
await runMain(async () => {
  await ensureInstalled();
  const { failed } = await runChecks();
  return failed === 0 ? 0 : 1;
});
