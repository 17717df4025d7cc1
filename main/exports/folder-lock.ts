import { randomUUID } from 'node:crypto';
import { link, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { z } from '../../protocol/schema.ts';
import { isRunning } from '../files/is-running.ts';
import { removeFile } from '../files/remove-file.ts';

const Holder = z.strictObject({ pid: z.int(), host: z.string(), token: z.string() });
type Holder = z.infer<typeof Holder>;

/** How long a lock may be without content: where it cannot be linked into place, it is written after it is there. */
const WRITING_MS = 5_000;
/** Of another machine nobody can tell whether it lives. Exports do not take longer. */
const FOREIGN_MS = 24 * 3_600_000;
/** A turn takes a few milliseconds: one that lasts longer was left by a process that was killed. */
const TURN_MS = 10_000;
const ATTEMPTS = 5;

/** Locks that this process holds. */
const ours = new Set<string>();

/** A file that one process at a time holds. One that was left by a process that is gone is taken over, by one taker only. */
export class FolderLock {
  readonly path: string;
  readonly #token = randomUUID();
  readonly #staleAfterMs: number;

  /** `staleAfterMs`: for a lock whose holder refreshes it. Default: its process has it as long as it lives. */
  constructor(path: string, { staleAfterMs = Number.POSITIVE_INFINITY } = {}) {
    this.path = path;
    this.#staleAfterMs = staleAfterMs;
  }

  /** What is in the file while it is this one's: for a host that makes it in a folder that was not there before. */
  get content(): string {
    return JSON.stringify({ pid: process.pid, host: hostname(), token: this.#token } satisfies Holder);
  }

  /** A host is about to make it: from then on nobody here takes it for a stale one. */
  expect(): void {
    ours.add(this.#token);
  }

  /** After `expect`: whether the host has made it. If not, it is nobody's of this process. */
  async isMade(): Promise<boolean> {
    const found = await read(this.path).catch(() => null); // a folder that cannot be read is none that we have made
    if (found?.content === this.content) return true;
    ours.delete(this.#token);
    return false;
  }

  /** False while a process that lives holds it. Rejects with what the file system says. */
  async take(): Promise<boolean> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (await this.#create()) return true;
      const found = await read(this.path);
      if (found === null) continue; // dropped meanwhile
      if (isHeld(found, this.#staleAfterMs)) return false;
      if (!(await this.#removeStale(found.content))) return false;
    }
    return false;
  }

  /** Never rejects: one that stays is stale once this process is gone. */
  async drop(): Promise<void> {
    if (!ours.delete(this.#token)) return;
    await removeFile(this.path).catch(() => {});
  }

  /** Says that its holder lives. False when it is another's now. Rejects with what the file system says. */
  async refresh(): Promise<boolean> {
    if (!ours.has(this.#token)) return false;
    const found = await read(this.path);
    if (found === null) return this.#create(); // somebody has tidied up
    if (holderOf(found.content)?.token === this.#token) {
      await utimes(this.path, new Date(), new Date());
      return true;
    }
    ours.delete(this.#token);
    return false;
  }

  async #create(): Promise<boolean> {
    ours.add(this.#token);
    const isMade = await createWhole(this.path, `${this.path}.${this.#token}`, this.content);
    if (!isMade) ours.delete(this.#token);
    return isMade;
  }

  /** One at a time, so that nobody removes the lock of who was quicker. False: another is at it. */
  async #removeStale(stale: string): Promise<boolean> {
    const turn = `${this.path}.turn`;
    if (!(await createInPlace(turn, ''))) {
      const found = await read(turn);
      const isLeft = found !== null && Date.now() - found.changedAtMs > TURN_MS;
      if (isLeft) await removeFile(turn);
      return isLeft || found === null;
    }
    try {
      if ((await read(this.path))?.content === stale) await removeFile(this.path);
      return true;
    } finally {
      await removeFile(turn);
    }
  }
}

/** Whether a process that lives holds the lock at `path`. */
export async function isLockHeld(path: string): Promise<boolean> {
  const found = await read(path);
  return found !== null && isHeld(found);
}

/** A file with its content from the beginning, where the disk can link; else one that is empty for a moment. */
async function createWhole(path: string, temporary: string, content: string): Promise<boolean> {
  await writeFile(temporary, content).catch(async (error: unknown) => {
    await removeFile(temporary).catch(() => {}); // there is room for a name where there is none for what it holds
    throw error;
  });
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === 'ENOENT') throw error;
    return await createInPlace(path, content);
  } finally {
    await removeFile(temporary);
  }
}

async function createInPlace(path: string, content: string): Promise<boolean> {
  return writeFile(path, content, { flag: 'wx' }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
}

interface FoundLock {
  readonly content: string;
  readonly changedAtMs: number;
}

async function read(path: string): Promise<FoundLock | null> {
  try {
    const [content, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    return { content, changedAtMs: mtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isHeld({ content, changedAtMs }: FoundLock, staleAfterMs = Number.POSITIVE_INFINITY): boolean {
  const ageMs = Date.now() - changedAtMs;
  const holder = holderOf(content);
  if (!holder) return ageMs < WRITING_MS;
  if (ours.has(holder.token)) return true;
  if (Math.abs(ageMs) > staleAfterMs) return false; // ahead of now: the clock was put back
  if (holder.host !== hostname()) return ageMs < FOREIGN_MS;
  if (holder.pid === process.pid) return false;
  // A lock from before the machine was started tells of a process id that somebody else may have now.
  return ageMs < uptime() * 1000 && isRunning(holder.pid);
}

function holderOf(content: string): Holder | null {
  try {
    return Holder.parse(JSON.parse(content));
  } catch {
    return null;
  }
}
