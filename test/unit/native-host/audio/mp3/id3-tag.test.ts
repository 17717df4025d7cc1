import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { id3Tag } from '../../../../../native-host/audio/mp3/id3-tag.ts';

const none = { title: '', author: '', track: null, chapters: [] };

function idsOf(tag: Uint8Array): string[] {
  const bytes = Buffer.from(tag);
  const ids: string[] = [];
  for (let at = 10; bytes[at] !== 0; at += 10 + bytes.readUInt32BE(at + 4))
    ids.push(bytes.toString('latin1', at, at + 4));
  return ids;
}

describe('id3Tag', () => {
  it('is nothing without tags', () => {
    expect(id3Tag(none, 1_000)).toEqual(new Uint8Array());
  });

  it('says how long it is', () => {
    const tag = Buffer.from(id3Tag({ ...none, title: 'A' }, 0));
    const [a = 0, b = 0, c = 0, d = 0] = tag.subarray(6, 10);
    expect(tag.toString('latin1', 0, 3)).toBe('ID3');
    expect((a << 21) + (b << 14) + (c << 7) + d + 10).toBe(tag.length);
  });

  it('has a table of contents and a frame for each chapter', () => {
    const chapters = [
      { title: 'One', startMs: 0 },
      { title: 'Two', startMs: 1_000 },
    ];
    expect(idsOf(id3Tag({ ...none, author: 'A', track: { number: 1, of: 2 }, chapters }, 2_000))).toEqual([
      ...['TPE1', 'TRCK', 'CTOC', 'CHAP', 'CHAP'],
    ]);
  });

  it('has tables in a table for more chapters than one holds', () => {
    const chapters = Array.from({ length: 600 }, (_, i) => ({ title: `${i}`, startMs: i }));
    const ids = idsOf(id3Tag({ ...none, chapters }, 600));
    expect(ids.filter((id) => id === 'CTOC')).toHaveLength(1 + 3);
    expect(ids.filter((id) => id === 'CHAP')).toHaveLength(600);
  });

  it('is the same for the same tags, and as long for other times', () => {
    const titles = fc.array(fc.string(), { maxLength: 5 });
    fc.assert(
      fc.property(fc.string(), titles, fc.nat(), (title, names, timeMs) => {
        const begun = { ...none, title, chapters: names.map((name) => ({ title: name, startMs: 0 })) };
        const known = { ...begun, chapters: names.map((name, i) => ({ title: name, startMs: timeMs + i / 3 })) };
        expect(id3Tag(known, timeMs + 10).length).toBe(id3Tag(begun, 0).length);
        expect(id3Tag(known, timeMs)).toEqual(id3Tag(known, timeMs));
      }),
    );
  });
});
