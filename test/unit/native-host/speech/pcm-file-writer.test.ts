import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PcmFileWriter } from '../../../../native-host/speech/pcm-file-writer.ts';
import { countingSamples } from '../../../helpers/stub-engine.ts';

/** Linux has a disk that is always full. */
const itOnFullDisk = it.skipIf(!existsSync('/dev/full'));

let dir = '';
let path = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-pcm-'));
  path = join(dir, 'audio.pcm');
  writeFileSync(path, '');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('PcmFileWriter', () => {
  it.each([
    ['blocking', false],
    ['without blocking', true],
  ])('writes %s what was appended, in order, whatever the sizes', async (_, isLater) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 400_000 }), { maxLength: 6 }), async (lengths) => {
        writeFileSync(path, '');
        const writer = PcmFileWriter.open(path, 0);
        let made = 0;
        for (const length of lengths) {
          if (isLater) await writer.appendLater(countingSamples(length, made));
          else writer.append(countingSamples(length, made));
          made += length;
        }
        if (isLater) await writer.flushLater();
        else writer.flush();
        writer.close();
        const wanted = countingSamples(made);
        expect(readFileSync(path).equals(Buffer.from(wanted.buffer))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('leaves what is before and behind its own stretch', () => {
    writeFileSync(path, 'abcdefghij');
    const writer = PcmFileWriter.open(path, 4);
    writer.append(new Int16Array([0x5859]));
    writer.flush();
    writer.close();
    expect(readFileSync(path, 'latin1')).toBe('abcdYXghij');
  });

  it('counts what it took before that is in the file', () => {
    const writer = PcmFileWriter.open(path, 0);
    writer.append(countingSamples(5));
    expect([writer.acceptedBytes, readFileSync(path).length]).toEqual([10, 0]);
    writer.close();
  });

  it('does not make a file that is not there', () => {
    const missing = join(dir, 'missing.pcm');
    expect(() => PcmFileWriter.open(missing, 0)).toThrowError(
      expect.objectContaining({ code: 'file', details: { path: missing, reason: 'ENOENT' } }),
    );
  });

  itOnFullDisk('says which file and what to do when the disk is full', async () => {
    const full = {
      code: 'file',
      details: { path: '/dev/full', reason: 'ENOSPC' },
      remedy: expect.stringContaining('Free some space'),
    };
    const writer = PcmFileWriter.open('/dev/full', 0);
    writer.append(countingSamples(5));
    expect(() => writer.flush()).toThrowError(expect.objectContaining(full));
    writer.append(countingSamples(5));
    await expect(writer.flushLater()).rejects.toMatchObject(full);
    writer.close();
  });

  it('refuses a folder', () => {
    expect(() => PcmFileWriter.open(dir, 0)).toThrowError(
      expect.objectContaining({ code: 'file', details: { path: dir, reason: 'EISDIR' } }),
    );
  });
});
