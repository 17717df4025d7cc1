import { ensureBuilt } from '../scripts/set-up/build.mjs';

/** Tests that start real programs run what is in dist, which must be what is in the sources. */
export async function setup(): Promise<void> {
  await ensureBuilt();
}
