import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AsideError } from '../../protocol/errors.ts';
import { type Document, MAX_DOCUMENT_BYTES } from '../../protocol/model/document.ts';
import { decodeApart } from './decode-apart.ts';
import { tooLarge } from './new-document.ts';

/** The bytes of a file called `name` as text. Does not block. Rejects as `decodeDocumentSync` throws, and with `internal`. */
export function decodeDocument(name: string, bytes: Uint8Array): Promise<Document> {
  return decodeApart(name, bytes);
}

/**
 * Reads a file as text. Does not block. Rejects with `file`: the system's reasons (ENOENT, EACCES, EISDIR …) and those
 * of `decodeDocumentSync`, with the whole path in `details` and the name alone in the message.
 */
export async function readDocumentFile(path: string): Promise<Document> {
  const name = basename(path);
  try {
    return await decodeApart(name, await readBounded(path, name));
  } catch (error) {
    throw withPath(error, path);
  }
}

/** Looks before it opens: a device has no end, and opening a pipe waits for its other side. */
async function readBounded(path: string, name: string): Promise<Uint8Array> {
  const { size, isFile, isDirectory } = await look(path);
  if (isDirectory) throw unreadable(path, 'EISDIR');
  if (!isFile) throw unreadable(path, 'not-a-file');
  if (size > MAX_DOCUMENT_BYTES) throw tooLarge(name, size);
  return await readFile(path);
}

async function look(path: string): Promise<{ size: number; isFile: boolean; isDirectory: boolean }> {
  const stats = await stat(path);
  return { size: stats.size, isFile: stats.isFile(), isDirectory: stats.isDirectory() };
}

function withPath(error: unknown, path: string): unknown {
  if (error instanceof AsideError) {
    if (error.code !== 'file') return error;
    const { reason } = (error as AsideError<'file'>).details;
    return new AsideError('file', error.message, { details: { path, reason }, remedy: error.remedy, cause: error });
  }
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? unreadable(path, code, error) : error;
}

const COPY_IT = 'Copy it to a folder on this computer and open the copy.';
const REASONS: Readonly<Record<string, { because: string; remedy: string }>> = {
  ENOENT: { because: 'it is not there', remedy: 'Check whether it was moved, renamed or deleted.' },
  ENOTDIR: { because: 'there is no such folder', remedy: 'Check the path.' },
  EISDIR: { because: 'it is a folder', remedy: 'Open a text file that is in it.' },
  'not-a-file': { because: 'it is no file but a device, pipe or socket', remedy: 'Open a text file (.txt or .md).' },
  EACCES: { because: 'access to it is denied', remedy: 'Give your account the right to read it, or copy it.' },
  EPERM: { because: 'access to it is denied', remedy: 'Give your account the right to read it, or copy it.' },
  EBUSY: { because: 'another program is using it', remedy: 'Close it in the other program and try again.' },
  ELOOP: { because: 'its links lead in a circle', remedy: 'Open the file itself in place of the link.' },
  ENAMETOOLONG: { because: 'its path is too long', remedy: COPY_IT },
  EMFILE: { because: 'too many files are open', remedy: 'Close other programs and try again.' },
};

function unreadable(path: string, reason: string, cause?: unknown): AsideError<'file'> {
  const { because, remedy } = REASONS[reason] ?? { because: `the system reports ${reason}`, remedy: COPY_IT };
  return new AsideError('file', `“${basename(path)}” cannot be read: ${because}`, {
    details: { path, reason },
    remedy,
    cause,
  });
}
