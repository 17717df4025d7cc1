import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { keepMapped } from './keep-mapped.ts';
import type { Koffi, Mapping, Memory } from './memory.ts';

const INVALID_HANDLE_VALUE = -1; // handleapi.h: no file, but the paging file
const PAGE_READWRITE = 4; // winnt.h
const FILE_MAP_ALL_ACCESS = 0xf001f; // memoryapi.h

const ADDRESS = /^Local\\aside-shared-\d+-[\da-f-]{36}$/;

/**
 * A named file mapping without a file. The system removes it with the last process that has it open, so nothing is left of
 * it however they end. The name is one of this logon session.
 */
export function createWindowsMemory(koffi: Koffi): Memory {
  const kernel32 = koffi.load('kernel32.dll');
  const create = kernel32.func(
    'intptr_t __stdcall CreateFileMappingW(intptr_t, void *, uint32_t, uint32_t, uint32_t, str16)',
  );
  const open = kernel32.func('intptr_t __stdcall OpenFileMappingW(uint32_t, int, str16)');
  const mapView = kernel32.func('void * __stdcall MapViewOfFile(intptr_t, uint32_t, uint32_t, uint32_t, size_t)');
  const unmapView = kernel32.func('int __stdcall UnmapViewOfFile(void *)');
  const closeHandle = kernel32.func('int __stdcall CloseHandle(intptr_t)');
  const lastError = kernel32.func('uint32_t __stdcall GetLastError()');

  const map = (handle: number, address: string, bytes: number): Mapping => {
    let isOpen = true;
    const close = (): void => {
      if (isOpen) closeHandle(handle);
      isOpen = false;
    };
    try {
      const pointer: bigint | null = mapView(handle, FILE_MAP_ALL_ACCESS, 0, 0, bytes); // fails when it is smaller
      if (!pointer) throw new Error(`MapViewOfFile failed, error ${lastError()}`);
      return { buffer: keepMapped(koffi.view(pointer, bytes), () => unmapView(pointer)), address, close };
    } catch (error) {
      close();
      throw error;
    }
  };
  return {
    create: (bytes) => {
      const address = `Local\\aside-shared-${process.pid}-${randomUUID()}`;
      const handle: number = create(INVALID_HANDLE_VALUE, null, PAGE_READWRITE, 0, bytes, address);
      if (!handle) throw new Error(`CreateFileMapping failed, error ${lastError()}`);
      return map(handle, address, bytes);
    },
    open: (address, bytes) => {
      if (!ADDRESS.test(address)) throw new Error(`${address} is no address of shared memory`);
      const handle: number = open(FILE_MAP_ALL_ACCESS, 0, address);
      if (!handle) throw new Error(`OpenFileMapping failed, error ${lastError()}`);
      return map(handle, address, bytes);
    },
  };
}
