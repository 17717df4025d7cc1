import { vi } from 'vitest';

/** Vitest's own is one second: a machine that does much else at the same time is slow, not wrong. */
const LIMIT_MS = 30_000;

/** Resolves as soon as `check` does not throw. */
export const waitFor = (check: () => void): Promise<void> => vi.waitFor(check, LIMIT_MS);

/** Resolves as soon as `isSo` returns true. */
export async function waitUntil(isSo: () => boolean): Promise<void> {
  await vi.waitUntil(isSo, LIMIT_MS);
}
