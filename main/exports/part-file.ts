import { randomBytes } from 'node:crypto';
import { type FileHandle, lstat, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { fileError } from './file-error.ts';

/** A file in the making: a `.part` of a name of its own beside the target until it is whole, then the target. */
export interface PartFile {
  readonly path: string;
  readonly handle: FileHandle;
  /** Forces the bytes to disk, then puts the file in the target's place in one step. Rejects with `file`. */
  commit(): Promise<void>;
  /** Removes what there is. Never rejects; after `commit` it does nothing. */
  discard(): Promise<void>;
}

/**
 * Creates `<target>.<random>.part`, which no other export shares and which never was there before. Where the
 * target is a link to a file, that file is meant, not the link. Rejects with `file`, reason `not-a-file` for a target
 * that is a device, a pipe, a socket or a link to nothing.
 */
export async function openPartFile(target: string): Promise<PartFile> {
  const { place, path, handle } = await create(target).catch((cause: unknown) => {
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
        await rename(path, place);
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

async function create(target: string): Promise<{ place: string; path: string; handle: FileHandle }> {
  const place = await placeOf(target);
  const path = `${place}.${randomBytes(4).toString('hex')}.part`;
  return { place, path, handle: await open(path, 'wx') }; // 'wx': never one that is there, nor through a link
}

/** Where the file goes. A rename would silently put a file in the place of a device, so only files are replaced. */
async function placeOf(target: string): Promise<string> {
  if ((await unlessAbsent(lstat(target))) === null) return target;
  const stats = await unlessAbsent(stat(target));
  if (stats?.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
  if (!stats?.isFile()) throw Object.assign(new Error('not a file'), { code: 'not-a-file' });
  return await realpath(target);
}

function unlessAbsent<T>(looking: Promise<T>): Promise<T | null> {
  return looking.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}
