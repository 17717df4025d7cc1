import { setTimeout as delay } from 'node:timers/promises';
import { isAsideError } from '../../protocol/errors.ts';

/** How often a full disk is tried again. */
const RETRY_MS = 1_000;

export interface RoomWatch {
  /**
   * Runs `attempt`; while it fails because the disk is full or the quota used up, tells so and runs it again from time to
   * time. `attempt` must leave the same when it is made again. Rejects with every other failure, and once the signal is
   * aborted with that of the last attempt.
   */
  readonly whenRoom: <T>(attempt: () => Promise<T>) => Promise<T>;
}

/** `onFull` hears once when the first of several attempts finds no room, `onRoom` when none waits any more. */
export function createRoomWatch(signal: AbortSignal, hears: { onFull(): void; onRoom(): void }): RoomWatch {
  let waiting = 0;
  return {
    whenRoom: async (attempt) => {
      let isWaiting = false;
      try {
        for (;;) {
          try {
            return await attempt();
          } catch (error) {
            if (!isNoRoom(error) || signal.aborted) throw error;
            if (!isWaiting && waiting++ === 0) hears.onFull();
            isWaiting = true;
            await delay(RETRY_MS, undefined, { signal }).catch(() => {}); // aborted: the last attempt will say so
            if (signal.aborted) throw error;
          }
        }
      } finally {
        if (isWaiting && --waiting === 0 && !signal.aborted) hears.onRoom();
      }
    },
  };
}

function isNoRoom(error: unknown): boolean {
  const reason = isAsideError(error, 'file')
    ? error.details.reason
    : (error as NodeJS.ErrnoException | undefined)?.code;
  return reason === 'ENOSPC' || reason === 'EDQUOT';
}
