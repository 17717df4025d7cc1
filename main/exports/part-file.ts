import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { fileError } from './file-error.ts';

/** A file in the making: `<target>.part` until it is whole, then the target. */
export interface PartFile {
  readonly path: string;
  readonly handle: FileHandle;
  /** Forces the bytes to disk, then puts the file in the target's place in one step. Rejects with `file`. */
  commit(): Promise<void>;
  /** Removes what there is. Never rejects; after `commit` it does nothing. */
  discard(): Promise<void>;
}

/** Creates `<target>.part`, taking the place of one that a crash left behind. Rejects with `file`. */
export async function openPartFile(target: string): Promise<PartFile> {
  const path = `${target}.part`;
  const handle = await open(path, 'w').catch((cause: unknown) => {
    throw fileError(target, cause);
  });
  let isDone = false;
  return {
    path,
    handle,
    commit: async () => {
      try {
        await handle.sync();
        await handle.close();
        await rename(path, target);
        isDone = true;
      } catch (cause) {
        throw fileError(target, cause);
      }
    },
    discard: async () => {
      if (isDone) return;
      isDone = true;
      await handle.close().catch(() => {}); // closed already by a commit that failed later
      await rm(path, { force: true }).catch(() => {}); // the folder itself may be gone: then so is the file
    },
  };
}
