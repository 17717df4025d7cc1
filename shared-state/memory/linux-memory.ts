import { closeSync, ftruncateSync, openSync } from 'node:fs';
import process from 'node:process';
import type { Koffi, Memory } from './memory.ts';
import { createMapFile } from './posix-map.ts';

const MFD_CLOEXEC = 1; // linux/memfd.h
const MFD_ALLOW_SEALING = 2;
const F_ADD_SEALS = 1033; // linux/fcntl.h
const F_SEAL_SEAL = 1;
const F_SEAL_SHRINK = 2;
const F_SEAL_GROW = 4;

const ADDRESS = /^\/proc\/\d+\/fd\/\d+$/;

/**
 * A memfd(2): memory with a file descriptor and without a name, so nothing is left of it however its processes end. Others
 * open it through /proc while its creator lives and has it open. Its size is sealed: a process that has gone mad cannot
 * cut it off under the others.
 */
export function createLinuxMemory(koffi: Koffi): Memory {
  const libc = koffi.load(null);
  const memfdCreate = libc.func('int memfd_create(const char *, unsigned int)');
  const fcntl = libc.func('int fcntl(int, int, int)');
  const map = createMapFile(koffi);
  return {
    create: (bytes) => {
      const fd: number = memfdCreate('aside', MFD_CLOEXEC | MFD_ALLOW_SEALING);
      if (fd < 0) throw new Error(`memfd_create failed, errno ${koffi.errno()}`);
      let isOpen = true;
      const close = (): void => {
        if (isOpen) closeSync(fd);
        isOpen = false;
      };
      try {
        ftruncateSync(fd, bytes);
        fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW);
        return { buffer: map(fd, bytes), address: `/proc/${process.pid}/fd/${fd}`, close };
      } catch (error) {
        close();
        throw error;
      }
    },
    open: (address, bytes) => {
      if (!ADDRESS.test(address)) throw new Error(`${address} is no address of shared memory`);
      const fd = openSync(address, 'r+');
      try {
        return { buffer: map(fd, bytes), address, close: () => {} };
      } finally {
        closeSync(fd);
      }
    },
  };
}
