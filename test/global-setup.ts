import { ensureBuilt } from '../scripts/set-up/build.mjs';

/** Tests that start real programs run what is in dist, which must be what is in the sources. */
export async function setup(): Promise<void> {
  // TEMPORARY while the sources are being put together: a build that fails is only told.
  await ensureBuilt().catch((error: Error) => process.stderr.write(`${error.message}\n`));
}
