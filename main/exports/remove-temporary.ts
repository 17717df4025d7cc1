import { rm } from 'node:fs/promises';

/** Never rejects: one that stays goes with its folder. On Windows a virus scanner may hold a file for a moment. */
export async function removeTemporary(path: string): Promise<void> {
  await rm(path, { force: true, maxRetries: 3 }).catch(() => {});
}
