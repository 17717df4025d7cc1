import { expect, it } from 'vitest';
import { variablesOf } from '../../../../../native-host/engines/espeak/library-memory.ts';

const PT_LOAD = 1;
const PT_GNU_RELRO = 0x6474e552;
const READ = 4;
const READ_WRITE = 6;

type Segment = readonly [type: number, flags: number, start: number, bytes: number];

/** The first page of a 64-bit library with these segments. */
function headOf(segments: readonly Segment[], { bits = 2 } = {}): Uint8Array {
  const head = new Uint8Array(4_096);
  const view = new DataView(head.buffer);
  head.set([0x7f, 0x45, 0x4c, 0x46, bits, 1]);
  view.setBigUint64(32, 64n, true);
  view.setUint16(54, 56, true);
  view.setUint16(56, segments.length, true);
  for (const [at, [type, flags, start, bytes]] of segments.entries()) {
    const from = 64 + at * 56;
    view.setUint32(from, type, true);
    view.setUint32(from + 4, flags, true);
    view.setBigUint64(from + 16, BigInt(start), true);
    view.setBigUint64(from + 40, BigInt(bytes), true);
  }
  return head;
}

const SEGMENTS: Segment[] = [
  [PT_LOAD, READ, 0, 0x12000],
  [PT_LOAD, READ_WRITE, 0x80b00, 0x2b400],
  [PT_GNU_RELRO, READ, 0x80b00, 0x4500],
];
const MAPS = `
7f0000000000-7f0000080000 r-xp 00000000 fe:00 5595771                    /usr/lib/libvoice.so.1 (of ours)
7f0000080000-7f0000085000 r--p 0007f000 fe:00 5595771                    /usr/lib/libvoice.so.1 (of ours)
7f0000085000-7f0000087000 rw-p 00084000 fe:00 5595771                    /usr/lib/libvoice.so.1 (of ours)
7f0000087000-7f00000ac000 rw-p 00000000 00:00 0 
7f00000ac000-7f00000ad000 ---p 00000000 00:00 0 
7f00000b0000-7f00000b1000 r-xp 00000000 fe:00 5595772                    /usr/lib/libother.so
`;
const BASE = 0x7f00_0000_0000n;

const find = (maps: string, head: Uint8Array, address = BASE + 0x500n) => variablesOf(maps, address, () => head);

it('finds what a library may write in, without what is read-only once it is linked, and not what others have behind it', () => {
  expect(find(MAPS, headOf(SEGMENTS))).toEqual({ start: BASE + 0x85000n, bytes: 0xabf00 - 0x85000 });
});

it('asks for the head of the library only', () => {
  const asked: unknown[] = [];
  variablesOf(MAPS, BASE + 0x500n, (range) => {
    asked.push(range);
    return headOf(SEGMENTS);
  });
  expect(asked).toEqual([{ start: BASE, bytes: 4_096 }]);
});

it.each([
  ['nothing is mapped there', MAPS, headOf(SEGMENTS), BASE - 1n],
  ['it is no memory of a file', MAPS, headOf(SEGMENTS), BASE + 0xac000n],
  ['it is not ELF', MAPS, new Uint8Array(4_096), undefined],
  ['it has 32 bits', MAPS, headOf(SEGMENTS, { bits: 1 }), undefined],
  ['it has two writable segments', MAPS, headOf([...SEGMENTS, [PT_LOAD, READ_WRITE, 0x90000, 8]]), undefined],
  ['it has none', MAPS, headOf(SEGMENTS.slice(0, 1)), undefined],
  ['it does not begin at its begin', MAPS, headOf([[PT_LOAD, READ, 0x1000, 8], ...SEGMENTS.slice(1)]), undefined],
  ['there is a hole in it', MAPS.replace('7f0000087000-', '7f0000088000-'), headOf(SEGMENTS), undefined],
  ['a part of it is read-only', MAPS.replace('c000 rw-p', 'c000 r--p'), headOf(SEGMENTS), undefined],
])('tells nothing where %s', (_, maps, head, address) => {
  expect(find(maps, head, address)).toBeNull();
});
