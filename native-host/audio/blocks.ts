import type { DiskFile } from '../files/disk-file.ts';

/** Large enough for few calls to the system, small enough that a cancel is seen soon and memory stays flat. */
const BLOCK_BYTES = 1024 * 1024;

/** A block that nobody reads into: a new one for each piece of audio is a megabyte to clear and to collect. */
let spare: Uint8Array | null = null;

/**
 * Stretches of a file from `startBytes` to `endBytes`, one after the other. Each is valid until the next is asked for.
 * Ends early where the file does. Throws `file`.
 */
export function* blocksOf(
  file: DiskFile,
  { startBytes = 0, endBytes = Number.POSITIVE_INFINITY, blockBytes = BLOCK_BYTES } = {},
): Generator<Uint8Array> {
  const own = blockBytes <= BLOCK_BYTES && spare ? spare : new Uint8Array(Math.max(BLOCK_BYTES, blockBytes));
  spare = null;
  try {
    for (let offset = startBytes; offset < endBytes; ) {
      const read = file.readAt(offset, own.subarray(0, Math.min(blockBytes, endBytes - offset)));
      if (read === 0) return;
      yield own.subarray(0, read);
      offset += read;
    }
  } finally {
    spare = own;
  }
}
