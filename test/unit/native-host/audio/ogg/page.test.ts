import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPage, PageFlag, parsePage } from '../../../../../native-host/audio/ogg/page.ts';
import { pageCrc } from '../../../../../native-host/audio/ogg/page-crc.ts';

const page = { flags: 0, granule: 0, serial: 1, sequence: 0, lacing: Uint8Array.of(2), body: Uint8Array.of(7, 8) };

describe('pageCrc', () => {
  // The check values of CRC-32/MPEG-2's polynomial without its start value and of the empty text.
  it('is that of RFC 3533', () => {
    expect(pageCrc(Buffer.from('123456789'))).toBe(0x89a1_897f);
    expect(pageCrc(new Uint8Array())).toBe(0);
  });
});

describe('a page', () => {
  it('comes back as it was', () => {
    const kinds = {
      flags: fc.constantFrom(0, PageFlag.continued, PageFlag.first, PageFlag.last),
      granule: fc.option(fc.nat({ max: Number.MAX_SAFE_INTEGER })),
      serial: fc.nat(0xffff_ffff),
      sequence: fc.nat(0xffff_ffff),
      lacing: fc.uint8Array({ maxLength: 255 }),
    };
    fc.assert(
      fc.property(fc.record(kinds), fc.uint8Array(), (head, rest) => {
        const body = new Uint8Array(head.lacing.reduce((sum, bytes) => sum + bytes, 0)).map((_, i) => i);
        const bytes = buildPage({ ...head, body });
        const parsed = parsePage(Buffer.concat([bytes, rest]));
        expect(parsed?.pageBytes).toBe(bytes.length);
        expect({ ...parsed?.page, body: Uint8Array.from(parsed?.page.body ?? []) }).toEqual({ ...head, body });
      }),
    );
  });

  it('is none when a bit is wrong or a byte is missing', () => {
    const bytes = buildPage(page);
    expect(parsePage(bytes.subarray(0, -1))).toBeNull();
    expect(parsePage(bytes.subarray(0, 10))).toBeNull();
    for (let at = 0; at < bytes.length; at++) {
      const broken = Uint8Array.from(bytes);
      broken[at] = (broken[at] ?? 0) ^ 1;
      expect(parsePage(broken)).toBeNull();
    }
  });
});
