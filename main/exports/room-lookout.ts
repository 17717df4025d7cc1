import { bytesFree, bytesNeeded } from './disk-room.ts';
import type { ExportJob } from './export-job.ts';
import type { ExportWork } from './export-work.ts';

/** What is needed is an estimate: it tells of enough room again only when there is clearly enough. */
const CLEARLY = 1.25;

/**
 * Looks whether what an export still needs will find room, and tells once when it will not: before the disk is full, as
 * long as something can be done about it. May be called as often as there is reason to look.
 */
export function createRoomLookout(job: ExportJob, { folder, journal }: ExportWork): () => Promise<void> {
  const free = job.bytesFree ?? bytesFree;
  const made = { pieces: 0, bytes: 0 };
  let isTold = false;
  return async () => {
    for (const { added } of journal.joined.slice(made.pieces)) {
      made.bytes += added.reduce((sum, { bytes }) => sum + bytes, 0);
    }
    made.pieces = journal.joined.length;
    const chars = journal.joined.at(-1)?.endIndex ?? 0;
    const left = job.text.length - chars;
    const neededBytes = bytesNeeded(left, job.prosody.rate, journal.recipe.format, { chars, bytes: made.bytes });
    const freeBytes = await free(folder.place);
    if (freeBytes === null) return;
    if (!isTold && freeBytes < neededBytes) {
      isTold = true;
      job.onNotice?.({ kind: 'little-room', neededBytes, freeBytes });
    } else if (isTold && freeBytes >= neededBytes * CLEARLY) {
      isTold = false;
      job.onNotice?.({ kind: 'enough-room' });
    }
  };
}
