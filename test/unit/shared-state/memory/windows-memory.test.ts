import process from 'node:process';
import { describe, expect, it } from 'vitest';
import type { Koffi } from '../../../../shared-state/memory/memory.ts';
import { createWindowsMemory } from '../../../../shared-state/memory/windows-memory.ts';

/** kernel32 as far as its documentation says: named mappings that live while somebody has them open. */
function createKernel32() {
  const mappings = new Map<string, ArrayBuffer>();
  const handles = new Map<number, string>();
  const calls: unknown[][] = [];
  let nextHandle = 4;
  const openHandle = (name: string): number => {
    nextHandle += 4;
    handles.set(nextHandle, name);
    return nextHandle;
  };
  const functions: Record<string, (...args: never[]) => unknown> = {
    CreateFileMappingW: (_file: number, _security: null, _page: number, _high: number, bytes: number, name: string) => {
      mappings.set(name, new ArrayBuffer(bytes));
      return openHandle(name);
    },
    OpenFileMappingW: (_access: number, _inherit: number, name: string) => (mappings.has(name) ? openHandle(name) : 0),
    MapViewOfFile: (handle: number, _access: number, _high: number, _low: number, bytes: number) => {
      const buffer = mappings.get(handles.get(handle) ?? '');
      return buffer && buffer.byteLength >= bytes ? buffer : null;
    },
    UnmapViewOfFile: () => 1,
    CloseHandle: (handle: number) => {
      const name = handles.get(handle) ?? '';
      handles.delete(handle);
      if (![...handles.values()].includes(name)) mappings.delete(name);
      return 1;
    },
    GetLastError: () => 2,
  };
  const func = (prototype: string) => {
    const name = /__stdcall (\w+)\(/.exec(prototype)?.[1] ?? '';
    return (...args: never[]) => {
      calls.push([name, ...args]);
      return functions[name]?.(...args);
    };
  };
  const koffi = { load: () => ({ func }), view: (buffer: ArrayBuffer) => buffer } as unknown as Koffi;
  return { koffi, calls, handles };
}

describe('memory on Windows', () => {
  it('is a mapping of the paging file, found by its name', () => {
    const { koffi, calls, handles } = createKernel32();
    const memory = createWindowsMemory(koffi);
    const created = memory.create(64);
    expect(calls.slice(0, 2)).toEqual([
      ['CreateFileMappingW', -1, null, 4, 0, 64, created.address],
      ['MapViewOfFile', expect.any(Number), 0xf001f, 0, 0, 64],
    ]);
    expect(created.address).toMatch(new RegExp(`^Local\\\\aside-shared-${process.pid}-`));
    const opened = memory.open(created.address, 64);
    expect(opened.buffer).toBe(created.buffer);
    for (const { close } of [created, created, opened]) close();
    expect(handles.size).toBe(0);
    expect(() => memory.open(created.address, 64)).toThrow('OpenFileMapping failed, error 2');
  });

  it('is not opened when it is smaller than it should be, and leaves no handle then', () => {
    const { koffi, handles } = createKernel32();
    const memory = createWindowsMemory(koffi);
    const { address } = memory.create(64);
    expect(() => memory.open(address, 128)).toThrow('MapViewOfFile failed, error 2');
    expect(handles.size).toBe(1);
  });

  it.each(['Global\\aside-shared-1-x', 'C:\\Windows', ''])('is not at %j', (address) => {
    expect(() => createWindowsMemory(createKernel32().koffi).open(address, 1)).toThrow('no address of shared memory');
  });
});
