import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BlockWriter } from '../../../../native-host/audio/block-writer.ts';
import { blocksOf } from '../../../../native-host/audio/blocks.ts';
import { withFile } from '../../../../native-host/audio/with-file.ts';
import { DiskFile } from '../../../../native-host/files/disk-file.ts';

/** Linux has a disk that is always full. */
const itOnFullDisk = it.skipIf(!existsSync('/dev/full'));

let dir = '';
let path = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-disk-'));
  path = join(dir, 'a.bin');
  writeFileSync(path, 'abcdefghij');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('DiskFile', () => {
  it('reads as far as the file goes, and writes where it is told', async () => {
    await withFile(path, 'change', (file) => {
      const block = new Uint8Array(6);
      expect(file.readAt(7, block)).toBe(3);
      file.writeAt(8, Buffer.from('XYZ'));
      expect(file.bytes).toBe(11);
      file.cutTo(9);
    });
    expect(readFileSync(path, 'latin1')).toBe('abcdefghX');
  });

  it('empties what it makes', async () => {
    await withFile(path, 'make', () => {});
    expect(readFileSync(path).length).toBe(0);
  });

  it('does not cut a file to more than it has', async () => {
    const cut = withFile(path, 'change', (file) => file.cutTo(11));
    await expect(cut).rejects.toMatchObject({ code: 'file', details: { path, reason: 'too-short' } });
    expect(readFileSync(path).length).toBe(10);
  });

  it.each(['read', 'change'] as const)('says what it was to do with a file that is not there: %s', (how) => {
    const missing = join(dir, 'missing');
    const doing = how === 'read' ? 'read' : 'write';
    expect(() => DiskFile.open(missing, how)).toThrowError(
      expect.objectContaining({
        code: 'file',
        message: expect.stringContaining(`cannot ${doing} ${missing}`),
        details: { path: missing, reason: 'ENOENT' },
      }),
    );
  });

  itOnFullDisk('says when the disk is full', async () => {
    const write = withFile('/dev/full', 'change', (file) => file.writeAt(0, Buffer.from('a')));
    await expect(write).rejects.toMatchObject({ code: 'file', details: { path: '/dev/full', reason: 'ENOSPC' } });
  });
});

describe('blocksOf', () => {
  it('has each byte of the stretch once, in blocks of one size', async () => {
    const bounds = fc.record({
      startBytes: fc.nat(10),
      endBytes: fc.nat(12),
      blockBytes: fc.integer({ min: 1, max: 12 }),
    });
    await withFile(path, 'read', (file) =>
      fc.assert(
        fc.property(bounds, (options) => {
          const blocks = [...blocksOf(file, options)].map((block) => block.length);
          const wanted = Math.max(0, Math.min(options.endBytes, 10) - options.startBytes);
          expect(blocks.reduce((sum, bytes) => sum + bytes, 0)).toBe(wanted);
          expect(blocks.slice(0, -1).every((bytes) => bytes === options.blockBytes)).toBe(true);
        }),
      ),
    );
  });
});

describe('BlockWriter', () => {
  it('writes crumbs of any size in their order, and knows how much that is', async () => {
    const crumbs = [3, 200_000, 100_000, 0, 600_000, 1].map((length, index) => Buffer.alloc(length, index + 1));
    await withFile(path, 'make', (file) => {
      const writer = new BlockWriter(file);
      for (const crumb of crumbs) writer.append(crumb);
      expect(writer.bytes).toBe(900_004);
      writer.flush();
    });
    expect(readFileSync(path).equals(Buffer.concat(crumbs))).toBe(true);
  });
});
