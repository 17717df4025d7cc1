import './set-up/require-node.mjs';
import { buildFromScratch } from './set-up/build.mjs';
import { ensureInstalled } from './set-up/install.mjs';
import { runMain } from './set-up/main.mjs';

/** `npm run build`: builds everything into dist/, whatever has changed. */
await runMain(async () => {
  await ensureInstalled();
  await buildFromScratch();
  return 0;
});
