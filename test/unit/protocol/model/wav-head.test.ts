import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasRoomForHugeSizes, MAX_RIFF_FILE_BYTES, wavHead } from '../../../../protocol/model/wav-head.ts';
import { riffChunks } from '../../../helpers/riff-chunks.ts';

const none = { title: '', author: '', track: null, chapters: [] };
const plain = { sampleRateHz: 22_050, tags: none, mayBeHuge: false, audioBytes: 1_000 };
const FOUR_GB = 2 ** 32;

function headOf(options: Partial<Parameters<typeof wavHead>[0]> = {}): Uint8Array {
  const head = wavHead({ ...plain, ...options });
  if (!head) throw new Error('too long');
  return head;
}

describe('wavHead', () => {
  it('is the plain 44 bytes without tags and without room', () => {
    const { form, bytes, chunks } = riffChunks(headOf());
    expect(form).toBe('RIFFWAVE');
    expect(bytes).toBe(36 + 1_000);
    expect(chunks.map(({ id, at }) => [id, at])).toEqual([
      ['fmt ', 12],
      ['data', 36],
    ]);
    expect(chunks[0]?.body.toString('hex')).toBe('010001002256000044ac000002001000');
    expect(chunks[1]?.bytes).toBe(1_000);
  });

  it('names title, author and track, each followed by a zero and at an even place', () => {
    const tags = { title: 'Über', author: 'Ann', track: { number: 2, of: 3 }, chapters: [] };
    const list = riffChunks(headOf({ tags })).chunks.find(({ id }) => id === 'LIST');
    expect(list?.body.toString('utf8')).toBe('INFOINAM\x06\0\0\0Über\0IART\x04\0\0\0Ann\0ITRK\x02\0\0\x002\0');
  });

  it('has an even length whatever the tags, and is as long at the end as at the beginning', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.boolean(), fc.nat(2 ** 40), (title, author, mayBeHuge, half) => {
        const tags = { ...none, title, author };
        const begun = headOf({ tags, mayBeHuge, audioBytes: 0 });
        const finished = wavHead({ ...plain, tags, mayBeHuge, audioBytes: half * 2 });
        expect(begun.length % 2).toBe(0);
        expect(finished?.length ?? begun.length).toBe(begun.length);
        expect(riffChunks(begun).chunks.at(-1)?.id).toBe('data');
      }),
    );
  });

  it('keeps the place of huge sizes with a chunk that readers skip', () => {
    const head = headOf({ mayBeHuge: true });
    expect(riffChunks(head).chunks.map(({ id, at, bytes }) => [id, at, bytes])).toEqual([
      ['JUNK', 12, 28],
      ['fmt ', 48, 16],
      ['data', 72, 1_000],
    ]);
    expect(hasRoomForHugeSizes(head)).toBe(true);
    expect(hasRoomForHugeSizes(headOf())).toBe(false);
  });

  it('is RF64 with sizes of 64 bits when 32 do not suffice', () => {
    const head = headOf({ mayBeHuge: true, audioBytes: FOUR_GB });
    const { form, bytes, chunks } = riffChunks(head);
    expect([form, bytes]).toEqual(['RF64WAVE', 0xffff_ffff]);
    expect(chunks.map(({ id }) => id)).toEqual(['ds64', 'fmt ', 'data']);
    const sizes = chunks[0]?.body ?? Buffer.alloc(0);
    expect([0, 8, 16].map((at) => Number(sizes.readBigUInt64LE(at)))).toEqual([FOUR_GB + 72, FOUR_GB, FOUR_GB / 2]);
    expect(sizes.readUInt32LE(24)).toBe(0);
    expect(chunks[2]?.bytes).toBe(0xffff_ffff);
    expect(hasRoomForHugeSizes(head)).toBe(true);
  });

  it('stays RIFF as long as it can, and is none where it can not', () => {
    const largest = MAX_RIFF_FILE_BYTES - 44;
    expect(riffChunks(headOf({ audioBytes: largest })).bytes).toBe(0xffff_ffff);
    expect(wavHead({ ...plain, audioBytes: largest + 2 })).toBeNull();
  });
});
