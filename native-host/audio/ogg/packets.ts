import { AsideError } from '../../../protocol/errors.ts';
import { MAX_PAGE_BYTES, MAX_SEGMENT_BYTES, type Page, PageFlag, parsePage } from './page.ts';

/** What packets are read from: a file, or what is in memory. */
export interface PageSource {
  readonly path: string;
  /** Returns how many bytes it had for `block`. */
  readAt(offsetBytes: number, block: Uint8Array): number;
}

/** One packet, and where the page ends in which it ends. */
export interface Packet {
  readonly bytes: Uint8Array;
  readonly page: Page;
  readonly pageEndBytes: number;
}

/** The packets of the one stream in a file, until its last page. Throws `file` for one that is damaged or cut off. */
export function* packetsOf(source: PageSource): Generator<Packet> {
  let begun: Uint8Array[] = [];
  for (const { page, endBytes } of pagesOf(source)) {
    let at = 0;
    let startAt = 0;
    for (const segment of page.lacing) {
      at += segment;
      if (segment === MAX_SEGMENT_BYTES) continue;
      const part = page.body.subarray(startAt, at);
      yield { bytes: begun.length === 0 ? part : Buffer.concat([...begun, part]), page, pageEndBytes: endBytes };
      begun = [];
      startAt = at;
    }
    if (startAt < at) begun.push(page.body.subarray(startAt));
  }
}

function* pagesOf(source: PageSource): Generator<{ readonly page: Page; readonly endBytes: number }> {
  const room = new Uint8Array(MAX_PAGE_BYTES * 4);
  let [roomAt, roomBytes] = [0, 0]; // which part of the file is in the room
  for (let offset = 0, sequence = 0; ; sequence++) {
    if (offset + MAX_PAGE_BYTES > roomAt + roomBytes) {
      roomAt = offset;
      roomBytes = source.readAt(offset, room);
    }
    const parsed = parsePage(room.subarray(offset - roomAt, roomBytes));
    if (!parsed || parsed.page.sequence !== sequence) throw damaged(source.path, sequence);
    offset += parsed.pageBytes;
    yield { page: parsed.page, endBytes: offset };
    if (parsed.page.flags & PageFlag.last) return;
  }
}

function damaged(path: string, sequence: number): AsideError<'file'> {
  return new AsideError('file', `${path} is no whole Ogg stream: its page ${sequence} is missing or damaged`, {
    details: { path, reason: 'damaged' },
    remedy: 'Something else changed it meanwhile: encode it again.',
  });
}
