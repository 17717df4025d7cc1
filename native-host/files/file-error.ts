import { AsideError } from '../../protocol/errors.ts';

const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'Free some space on that disk or choose another place.',
  EDQUOT: 'Your quota on that disk is used up: free some space or choose another place.',
  EFBIG: 'That file system cannot hold a file of this size: choose another place.',
  EACCES: 'You may not write there: choose another place or change its permissions.',
  EPERM: 'You may not write there: choose another place or change its permissions.',
  EROFS: 'That disk is read-only: choose another place.',
  ENOENT: 'It was moved or deleted meanwhile: start again.',
  EISDIR: 'That is a folder: choose a file.',
  EIO: 'The disk reported a fault: choose another disk.',
};

/** What `node:fs` threw about a file that was to be written or read, as a `file` error. Anything else comes back as it is. */
export function toFileError(path: string, error: unknown, doing: 'write' | 'read' = 'write'): unknown {
  const reason = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (reason === undefined) return error;
  return new AsideError('file', `cannot ${doing} ${path}: ${(error as Error).message}`, {
    details: { path, reason },
    remedy: remedies[reason] ?? 'Choose another place and try again.',
    cause: error,
  });
}
