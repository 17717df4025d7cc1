import { AsideError } from '../../protocol/errors.ts';

const REASONS: Readonly<Record<string, { what: string; remedy: string }>> = {
  ENOSPC: { what: 'the disk is full', remedy: 'Free some space, or choose another disk, and export again.' },
  EDQUOT: { what: 'your disk quota is used up', remedy: 'Free some space, or choose another disk, and export again.' },
  EACCES: { what: 'there is no permission to write there', remedy: 'Choose a folder that you may write to.' },
  EPERM: { what: 'there is no permission to write there', remedy: 'Choose a folder that you may write to.' },
  EROFS: { what: 'the disk is read-only', remedy: 'Choose another disk.' },
  ENOENT: { what: 'the folder does not exist', remedy: 'Make the folder first, or choose another.' },
  EEXIST: { what: 'there is a file of that name', remedy: 'Choose another name, or another place.' },
  ENOTDIR: { what: 'part of its path is a file, not a folder', remedy: 'Choose another place.' },
  EISDIR: { what: 'it is a folder', remedy: 'Give the name of a file.' },
  'not-a-file': {
    what: 'it is a device, a pipe, a socket or a link to nothing',
    remedy: 'Give the name of a file, or of one that does not exist yet.',
  },
  EIO: { what: 'the disk reports an error', remedy: 'Choose another disk, and check this one.' },
  ENAMETOOLONG: { what: 'the name is too long', remedy: 'Choose a shorter name.' },
};

/** A failed write to `path` as a `file` error that says what to do. */
export function fileError(path: string, cause: unknown): AsideError<'file'> {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? 'unknown';
  const known = REASONS[code];
  const what = known?.what ?? (cause instanceof Error ? cause.message : String(cause));
  return new AsideError('file', `${path} cannot be written: ${what}`, {
    details: { path, reason: code },
    remedy: known?.remedy ?? 'Choose another place and export again.',
    cause,
  });
}
