import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { AsideError } from '../../protocol/errors.ts';
import type { Log } from '../logging/log.ts';
import { createSaver } from './saver.ts';
import { setAside } from './set-aside.ts';
import { reasonOf, whyNotSaved } from './why-not-saved.ts';
import { removeLeftovers, writeAtomic } from './write-atomic.ts';

export interface DataFileOptions<T> {
  readonly path: string;
  /** What the file is to its user, e.g. `settings`. */
  readonly what: string;
  /** The value in the text of the file. Throws when there is none. */
  readonly parse: (text: string) => T;
  /** The text, in pieces; each is written in one go, so a large one blocks. */
  readonly format: (value: T) => Iterable<string>;
  readonly delayMs: number;
  readonly maxDelayMs: number;
  /** Told when the file cannot be written; not again before the reason changes or a writing has succeeded. */
  readonly onProblem: (error: AsideError<'file'>) => void;
  /** Asked before each writing: false where the file is another's now. Never rejects. Default: it is always ours. */
  readonly mayWrite?: () => Promise<boolean>;
  /** Told of each value that is on disk now, before the next is written. Never rejects. */
  readonly onSaved?: (value: T) => Promise<void>;
  readonly log: Log;
}

/** A small file that holds one value, read once and written behind. */
export interface DataFile<T> {
  /** undefined when the file was missing or has been set aside. */
  readonly loaded: T | undefined;
  /** Why the file was set aside, and where to. */
  readonly notice: AsideError<'file'> | undefined;
  /** Returns at once; see `createSaver`. */
  save(value: T): void;
  /** Resolves when all is on disk, or has failed and was reported. Never rejects. */
  flush(): Promise<void>;
}

/**
 * Opens a file of Aside's own. A file that cannot be read or parsed is never overwritten but set aside, and its user is
 * told where it is. Never rejects.
 */
export async function openDataFile<T>(options: DataFileOptions<T>): Promise<DataFile<T>> {
  const { path, what, parse, format, log, onProblem } = options;
  let mustSetAside = false;
  let lastReason: string | undefined;

  async function load(): Promise<{ loaded: T | undefined; notice: AsideError<'file'> | undefined }> {
    try {
      return { loaded: parse(await readFile(path, 'utf8')), notice: undefined };
    } catch (cause) {
      if (isMissing(cause)) return { loaded: undefined, notice: undefined };
      mustSetAside = true;
      return { loaded: undefined, notice: await setAsideNow(cause) };
    }
  }

  async function setAsideNow(cause: unknown): Promise<AsideError<'file'>> {
    let notice: AsideError<'file'>;
    try {
      const asidePath = await setAside(path);
      mustSetAside = false;
      notice = wasSetAside(what, path, asidePath, cause);
    } catch (error) {
      notice = cannotSetAside(what, path, error);
    }
    log.warn(notice.message, { path: notice.details.path, cause });
    return notice;
  }

  const saver = createSaver<T>({
    delayMs: options.delayMs,
    maxDelayMs: options.maxDelayMs,
    write: async (value) => {
      if (options.mayWrite && !(await options.mayWrite())) return;
      if (mustSetAside) await setAsideIfThere(path);
      mustSetAside = false;
      await writeAtomic(path, format(value));
      lastReason = undefined;
      await options.onSaved?.(value);
    },
    onFailure: (error) => {
      const reason = reasonOf(error);
      log.warn(`${what} not saved`, { path, reason, error });
      if (reason !== lastReason) onProblem(cannotSave(what, path, reason, error));
      lastReason = reason;
    },
  });

  await removeLeftovers(path);
  return { ...(await load()), save: saver.save, flush: saver.flush };
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(reasonOf(error));
}

/** Somebody may have followed the remedy and moved the file away. */
async function setAsideIfThere(path: string): Promise<void> {
  try {
    await setAside(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

function wasSetAside(what: string, path: string, asidePath: string, cause: unknown): AsideError<'file'> {
  return new AsideError('file', `Your ${what} could not be read from ${basename(path)}`, {
    details: { path: asidePath, reason: 'corrupt' },
    remedy: `Nothing was deleted: the file is now ${asidePath}.`,
    cause,
  });
}

function cannotSetAside(what: string, path: string, cause: unknown): AsideError<'file'> {
  return new AsideError('file', `Your ${what} could not be read from ${path}, and the file could not be renamed`, {
    details: { path, reason: reasonOf(cause) },
    remedy: 'Changes are not saved before it is gone: make it readable or move it away.',
    cause,
  });
}

function cannotSave(what: string, path: string, reason: string, cause: unknown): AsideError<'file'> {
  const { because, remedy } = whyNotSaved(reason);
  return new AsideError('file', `Your ${what} cannot be saved in ${path}: ${because}`, {
    details: { path, reason },
    remedy: `${remedy} Nothing is lost while Aside is open; it tries again with the next change.`.trim(),
    cause,
  });
}
