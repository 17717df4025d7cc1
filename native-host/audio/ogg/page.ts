/** An Ogg page: RFC 3533, 6. */
import { pageCrc } from './page-crc.ts';

const PAGE_HEADER_BYTES = 27;
/** A page has at most so many segments of at most 255 bytes; a packet ends with the first that is shorter. */
export const MAX_SEGMENTS = 255;
export const MAX_SEGMENT_BYTES = 255;
export const MAX_PAGE_BYTES = PAGE_HEADER_BYTES + MAX_SEGMENTS + MAX_SEGMENTS * MAX_SEGMENT_BYTES;

/** What is said of a page in the bits of its header. */
export const PageFlag = { continued: 1, first: 2, last: 4 } as const;

/** Of a page in which no packet ends. */
const NO_GRANULE = 0xffff_ffff_ffff_ffffn;

const CRC_AT = 22;

export interface Page {
  readonly flags: number;
  /** Samples up to the end of the last packet that ends in it; null when none does. */
  readonly granule: number | null;
  readonly serial: number;
  /** Counts the pages of a stream from 0. */
  readonly sequence: number;
  /** Lengths of the segments. */
  readonly lacing: Uint8Array;
  readonly body: Uint8Array;
}

export function buildPage({ flags, granule, serial, sequence, lacing, body }: Page): Uint8Array {
  const page = Buffer.alloc(PAGE_HEADER_BYTES + lacing.length + body.length);
  page.write('OggS', 0, 'latin1');
  page[5] = flags;
  page.writeBigUInt64LE(granule === null ? NO_GRANULE : BigInt(granule), 6);
  page.writeUInt32LE(serial, 14);
  page.writeUInt32LE(sequence, 18);
  page[26] = lacing.length;
  page.set(lacing, PAGE_HEADER_BYTES);
  page.set(body, PAGE_HEADER_BYTES + lacing.length);
  page.writeUInt32LE(pageCrc(page), CRC_AT);
  return page;
}

/** The page at the beginning of `bytes`, which are not kept. Null where there is none, or a damaged one. */
export function parsePage(bytes: Uint8Array): { readonly page: Page; readonly pageBytes: number } | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.length < PAGE_HEADER_BYTES || view.toString('latin1', 0, 4) !== 'OggS') return null;
  const bodyAt = PAGE_HEADER_BYTES + (view[26] as number);
  const lacing = Uint8Array.from(view.subarray(PAGE_HEADER_BYTES, bodyAt));
  const pageBytes = bodyAt + lacing.reduce((sum, bytes) => sum + bytes, 0);
  if (view.length < pageBytes) return null;
  const whole = Buffer.from(view.subarray(0, pageBytes));
  whole.writeUInt32LE(0, CRC_AT);
  if (pageCrc(whole) !== view.readUInt32LE(CRC_AT)) return null;
  const granule = view.readBigUInt64LE(6);
  const page = {
    flags: view[5] as number,
    granule: granule === NO_GRANULE ? null : Number(granule),
    serial: view.readUInt32LE(14),
    sequence: view.readUInt32LE(18),
    lacing,
    body: whole.subarray(bodyAt),
  };
  return { page, pageBytes };
}
