import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packetsOf } from '../../../../../native-host/audio/ogg/packets.ts';
import { type Page, PageFlag, parsePage } from '../../../../../native-host/audio/ogg/page.ts';
import { PageWriter } from '../../../../../native-host/audio/ogg/page-writer.ts';

/** Writes packets, numbered from 1 as granules, and ends the stream. */
function write(packets: readonly Uint8Array[]): Buffer {
  const pages: Uint8Array[] = [];
  const writer = new PageWriter(9, 0, (page) => pages.push(page));
  for (const [index, packet] of packets.entries()) writer.packet(packet, index + 1);
  writer.end(packets.length);
  return Buffer.concat(pages);
}

function read(bytes: Buffer): Uint8Array[] {
  const source = { path: '/a.ogg', readAt: (offset: number, block: Uint8Array) => bytes.copy(block, 0, offset) };
  return [...packetsOf(source)].map((packet) => Uint8Array.from(packet.bytes));
}

function pagesIn(bytes: Buffer): Page[] {
  const pages: Page[] = [];
  for (let at = 0; at < bytes.length; ) {
    const parsed = parsePage(bytes.subarray(at));
    if (!parsed) throw new Error(`no page at ${at}`);
    pages.push(parsed.page);
    at += parsed.pageBytes;
  }
  return pages;
}

const packets = fc.array(
  fc
    .oneof(fc.nat(600), fc.constantFrom(0, 254, 255, 256, 65_024, 65_025, 65_026, 200_000))
    .map((length) => new Uint8Array(length).map((_, i) => i)),
  { maxLength: 40 },
);

describe('PageWriter', () => {
  it('writes packets of any length so that they can be read again', () => {
    fc.assert(
      fc.property(packets, (wanted) => {
        const found = read(write(wanted));
        expect(found.length).toBe(wanted.length);
        expect(found.every((packet, i) => Buffer.compare(packet, wanted[i] ?? packet) === 0)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('says on each page which packet was the last to end in it, and on none in which none did', () => {
    fc.assert(
      fc.property(packets, (wanted) => {
        let ended = 0;
        for (const page of pagesIn(write(wanted)).slice(0, -1)) {
          const endsHere = page.lacing.filter((length) => length < 255).length;
          ended += endsHere;
          expect(page.granule).toBe(endsHere > 0 ? ended : null);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('marks the first page, those that begin inside a packet, and an empty one at the end', () => {
    const pages = pagesIn(write([new Uint8Array(3), new Uint8Array(140_000)]));
    expect(pages.map(({ flags }) => flags)).toEqual([
      PageFlag.first,
      PageFlag.continued,
      PageFlag.continued,
      PageFlag.last,
    ]);
    expect(pages.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3]);
    expect(pages.at(-1)).toMatchObject({ granule: 2, lacing: new Uint8Array() });
  });
});

describe('packetsOf', () => {
  it('names the page that is missing', () => {
    const whole = write([new Uint8Array(5_000), new Uint8Array(5_000)]);
    expect(() => read(whole.subarray(0, -1))).toThrowError(
      expect.objectContaining({ code: 'file', message: expect.stringContaining('page 2') }),
    );
    expect(() => read(whole.subarray(5_100))).toThrowError(
      expect.objectContaining({ details: { path: '/a.ogg', reason: 'damaged' } }),
    );
  });
});
