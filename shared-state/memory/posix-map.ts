import { fstatSync } from 'node:fs';
import { keepMapped } from './keep-mapped.ts';
import type { Koffi } from './memory.ts';

const PROT_READ_WRITE = 1 | 2; // sys/mman.h
const MAP_SHARED = 1;

/** Maps an open file, which may be closed afterwards. Throws when it is smaller than that. */
export type MapFile = (fd: number, bytes: number) => ArrayBuffer;

export function createMapFile(koffi: Koffi): MapFile {
  const libc = koffi.load(null);
  const mmap = libc.func('void *mmap(void *, size_t, int, int, int, int64_t)');
  const munmap = libc.func('int munmap(void *, size_t)');
  return (fd, bytes) => {
    // A look beyond the end of a file is SIGBUS.
    if (fstatSync(fd).size < bytes) throw new Error(`it has ${fstatSync(fd).size} bytes instead of ${bytes}`);
    const pointer: bigint = mmap(null, bytes, PROT_READ_WRITE, MAP_SHARED, fd, 0);
    if (BigInt.asIntN(64, pointer) === -1n) throw new Error(`mmap failed, errno ${koffi.errno()}`);
    try {
      return keepMapped(koffi.view(pointer, bytes), () => munmap(pointer, bytes));
    } catch (error) {
      munmap(pointer, bytes); // Electron does not let V8 see memory that is not its own
      throw error;
    }
  };
}
