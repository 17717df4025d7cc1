import { rm, unlink } from 'node:fs/promises';

/**
 * Removes the file at `path`, if there is one, in one step; `rm` would look first what it is. On Windows a virus scanner
 * may hold a file for a moment, so that is tried again. Rejects with what the file system says, also for a folder.
 */
export async function removeFile(path: string): Promise<void> {
  await unlink(path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') await rm(path, { force: true, maxRetries: 3 });
  });
}
