import { rm, unlink } from 'node:fs/promises';

/**
 * Removes what is at `path`, if there is anything: a file in one step, where `rm` would look first what it is. On Windows
 * a virus scanner may hold a file for a moment, so that is tried again. Rejects with what the file system says.
 */
export async function removeFile(path: string): Promise<void> {
  await unlink(path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') await rm(path, { recursive: true, force: true, maxRetries: 3 });
  });
}
