import { bytesFree, bytesNeeded } from './disk-room.ts';
import type { ExportJob } from './export-job.ts';
import { WAV } from './export-recipe.ts';
import type { JoinedPiece } from './journal.ts';
import { RoomLedger } from './room-ledger.ts';

/** What is needed is an estimate: it tells of enough room again only when there is clearly enough. */
const CLEARLY = 1.25;

/**
 * Looks whether what an export still needs will find room, beside what the others of the ledger need, and tells once when
 * it will not: before the disk is full, as long as something can be done about it. `place` is where the file goes,
 * `joined` what it holds at any time. May be called as often as there is reason to look.
 */
export function createRoomLookout(
  job: ExportJob,
  place: string,
  joined: readonly JoinedPiece[],
  ledger = new RoomLedger(),
): () => Promise<void> {
  const free = job.bytesFree ?? bytesFree;
  const made = { pieces: 0, bytes: 0 };
  let isTold = false;
  return async () => {
    for (const { added } of joined.slice(made.pieces)) {
      made.bytes += added.reduce((sum, { bytes }) => sum + bytes, 0);
    }
    made.pieces = joined.length;
    const chars = joined.at(-1)?.endIndex ?? 0;
    const left = job.text.length - chars;
    const neededBytes = bytesNeeded(left, job.prosody.rate, job.format ?? WAV, { chars, bytes: made.bytes });
    const othersBytes = await ledger.note(place, neededBytes);
    const freeBytes = await free(place);
    if (freeBytes === null) return;
    if (!isTold && freeBytes < neededBytes + othersBytes) {
      isTold = true;
      job.onNotice?.({ kind: 'little-room', neededBytes, othersBytes, freeBytes });
    } else if (isTold && freeBytes >= (neededBytes + othersBytes) * CLEARLY) {
      isTold = false;
      job.onNotice?.({ kind: 'enough-room' });
    }
  };
}
