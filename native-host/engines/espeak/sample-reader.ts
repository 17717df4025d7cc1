import process from 'node:process';
import { BYTES_PER_SAMPLE } from '../../../protocol/model/pcm.ts';
import type { Koffi } from '../../runtime/load-koffi.ts';

/**
 * Copies samples out of native memory, into one block that the next call uses again: a text has some hundred pieces, and
 * an array for each of them, with its part of the garbage collection, takes longer than the copying.
 */
export function createSampleReader(koffi: Koffi): (samples: bigint, count: number) => Int16Array {
  const copy = findMemcpy(koffi);
  if (!copy) return (samples, count) => koffi.decode(samples, 'int16_t', count);
  let block = new Int16Array(0);
  return (samples, count) => {
    if (block.length < count) block = new Int16Array(count);
    copy(block, samples, count * BYTES_PER_SAMPLE);
    return block.subarray(0, count);
  };
}

/** Null where the system has it under another name. */
function findMemcpy(koffi: Koffi): ((to: Int16Array, from: bigint, bytes: number) => void) | null {
  try {
    const library = koffi.load(process.platform === 'win32' ? 'ntdll.dll' : null); // null: the C library of this program
    return library.func('void memcpy(void *, void *, size_t)');
  } catch {
    return null;
  }
}
