import './set-up/require-node.mjs';
import { writeFileSync } from 'node:fs';
import { noticesText } from './packaging/notices.mjs';
import { ensureInstalled } from './set-up/install.mjs';
import { runMain } from './set-up/main.mjs';
import { fromRoot, root } from './set-up/root.mjs';

/** `npm run notices`: writes the licences of all that comes with Aside, which the page shows under "About Aside". */
await runMain(async () => {
  await ensureInstalled();
  writeFileSync(fromRoot('renderer/features/about/notices.txt'), noticesText(root));
  return 0;
});
