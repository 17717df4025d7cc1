import { ensureBuilt, everythingForTests } from '../scripts/set-up/build.mjs';

/**
 * Tests that start real programs run what is in dist, which must be what is in the sources. For Vitest and Playwright,
 * which both take a default export.
 */
export default async function setUp(): Promise<void> {
  await ensureBuilt(everythingForTests);
}
