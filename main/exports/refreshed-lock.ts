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

  /** `onLost`: another process holds it, since this one stood still for too long, as with a machine that slept. */
  constructor(path: string, onLost: () => void) {
    this.#lock = new FolderLock(path, { staleAfterMs: STALE_AFTER_MS });
    this.#onLost = onLost;
  }

  /** False while another holds it. Rejects with what the file system says. */
  async take(): Promise<boolean> {
    const isTaken = await this.#lock.take();
    if (isTaken) this.#timer = setInterval(() => void this.#refresh(), REFRESH_MS).unref();
    return isTaken;
  }

  /** Never rejects. */
  async drop(): Promise<void> {
    clearInterval(this.#timer);
    if (await this.#isOurs()) await this.#lock.drop();
  }

  async #refresh(): Promise<void> {
    if (await this.#isOurs()) return;
    clearInterval(this.#timer);
    this.#onLost();
  }

  /** A disk that does not answer says nothing about who holds it. */
  #isOurs(): Promise<boolean> {
    return this.#lock.refresh().catch(() => true);
  }
}
