import type { DiskFile } from './disk-file.ts';

/** Large enough for few calls to the system, small enough that a cancel is seen soon and memory stays flat. */
const BLOCK_BYTES = 1024 * 1024;

/**
 * Stretches of a file from `startBytes` to `endBytes`, one after the other. Each is valid until the next is asked for.
 * Ends early where the file does. Throws `file`.
 */
export function* blocksOf(
  file: DiskFile,
  { startBytes = 0, endBytes = Number.POSITIVE_INFINITY, blockBytes = BLOCK_BYTES } = {},
): Generator<Uint8Array> {
  const block = new Uint8Array(Math.max(1, Math.min(blockBytes, endBytes - startBytes)));
  for (let offset = startBytes; offset < endBytes; ) {
    const read = file.readAt(offset, block.subarray(0, Math.min(block.length, endBytes - offset)));
    if (read === 0) return;
    yield block.subarray(0, read);
    offset += read;
  }
}
