import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import koffi from 'koffi';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileMemory } from '../../../../shared-state/memory/file-memory.ts';

/** How macOS shares memory; it works on every POSIX system, so it is tested on every one. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'memory-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe.skipIf(process.platform === 'win32')('memory in a file (POSIX)', () => {
  it('is the same for all who have it open, also after its file is gone', () => {
    const memory = createFileMemory(koffi, folder);
    const created = memory.create(4_096);
    const opened = memory.open(created.address, 4_096);
    new Int32Array(created.buffer)[7] = 42;
    created.close();
    created.close();
    expect(new Int32Array(opened.buffer)[7]).toBe(42);
    expect(readdirSync(folder)).toEqual([]);
    expect(() => memory.open(created.address, 4_096)).toThrow('ENOENT');
  });

  it('is for this user only', () => {
    const { address, close } = createFileMemory(koffi, folder).create(16);
    expect(statSync(address).mode & 0o777).toBe(0o600);
    close();
  });

  it('is not opened when it is smaller than it should be: a look beyond its end would be fatal', () => {
    const memory = createFileMemory(koffi, folder);
    const { address, close } = memory.create(16);
    truncateSync(address, 8);
    expect(() => memory.open(address, 16)).toThrow('it has 8 bytes instead of 16');
    close();
  });

  it.each(['/etc/passwd', 'passwd', '/proc/1/fd/1'])('is not at %s', (address) => {
    expect(() => createFileMemory(koffi, folder).open(address, 16)).toThrow('is no address of shared memory');
  });

  it('removes what a killed process has left, and nothing else', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const id = '01234567-89ab-cdef-0123-456789abcdef';
    for (const name of [`aside-shared-${pid}-${id}`, `aside-shared-${process.ppid}-${id}`, `aside-shared-${pid}-notes`])
      writeFileSync(join(folder, name), '');
    const { close } = createFileMemory(koffi, folder).create(16);
    close();
    expect(readdirSync(folder).sort()).toEqual(
      [`aside-shared-${process.ppid}-${id}`, `aside-shared-${pid}-notes`].sort(),
    );
  });

  it('leaves no file and no listener when it cannot be mapped', () => {
    const listeners = process.listenerCount('exit');
    const blind = {
      ...koffi,
      view: () => {
        throw new Error('External buffers are not allowed');
      },
    };
    expect(() => createFileMemory(blind as typeof koffi, folder).create(16)).toThrow('External buffers');
    expect([readdirSync(folder), process.listenerCount('exit')]).toEqual([[], listeners]);
  });
});
