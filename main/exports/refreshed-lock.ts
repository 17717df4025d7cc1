import { FolderLock } from './folder-lock.ts';

/** How often its holder says that it is there. */
export const REFRESH_MS = 15_000;
/** A holder that has said nothing for so long is gone, or stands still. */
const STALE_AFTER_MS = 60_000;

/**
 * A lock that a process may hold for days. Who holds it is not known for sure: a name of a machine changes with its
 * network, and the id of a process that was killed may be another's now. So its holder refreshes it.
 */
export class RefreshedLock {
  readonly #lock: FolderLock;
  readonly #onLost: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #isLost = false;

  /** `onLost`: another process holds it, since this one stood still for too long, as with a machine that slept. */
  constructor(path: string, onLost: () => void) {
    this.#lock = new FolderLock(path, { staleAfterMs: STALE_AFTER_MS });
    this.#onLost = onLost;
  }

  /** False while another holds it. Rejects with what the file system says. */
  async take(): Promise<boolean> {
    const isTaken = await this.#lock.take();
    if (isTaken) this.#timer = setInterval(() => void this.check(), REFRESH_MS).unref();
    return isTaken;
  }

  /** Refreshes it. False when it is another's now. Never rejects: a disk that does not answer tells of no other. */
  async check(): Promise<boolean> {
    const isOurs = await this.#lock.refresh().catch(() => true);
    if (isOurs || this.#isLost) return isOurs;
    this.#isLost = true;
    clearInterval(this.#timer);
    this.#onLost();
    return false;
  }

  /** Never rejects. */
  async drop(): Promise<void> {
    clearInterval(this.#timer);
    if (await this.#lock.refresh().catch(() => true)) await this.#lock.drop();
  }
}
