import { AsideError } from '../../../protocol/errors.ts';
import { type Packet, type PageSource, packetsOf } from './packets.ts';
import { PageWriter } from './page-writer.ts';
import { type BlockSizes, readBlockSizes } from './vorbis-blocks.ts';

/** The three headers that a Vorbis stream begins with. */
export interface StreamHead {
  readonly identification: Uint8Array;
  readonly comment: Uint8Array;
  readonly setup: Uint8Array;
  readonly serial: number;
  readonly blockSizeOf: BlockSizes;
  /** Where the first page with audio begins. */
  readonly bytes: number;
}

/** Takes the headers off a stream; `packets` goes on with its audio. Throws `file` where they are missing. */
export function readHead(path: string, packets: Iterator<Packet>): StreamHead {
  const [identification, comment, setup] = [packets.next(), packets.next(), packets.next()];
  if (identification.done || comment.done || setup.done) throw noVorbis(path);
  const blockSizeOf = readBlockSizes(identification.value.bytes, setup.value.bytes);
  if (!blockSizeOf) throw noVorbis(path);
  return {
    identification: identification.value.bytes,
    comment: comment.value.bytes,
    setup: setup.value.bytes,
    serial: identification.value.page.serial,
    blockSizeOf,
    bytes: setup.value.pageEndBytes,
  };
}

export function readHeadOf(source: PageSource): StreamHead {
  return readHead(source.path, packetsOf(source));
}

/** The pages of the headers: the first by itself, and the audio on pages of its own, as the Vorbis specification wants it. */
export function buildHead(
  serial: number,
  { identification, comment, setup }: Pick<StreamHead, 'identification' | 'comment' | 'setup'>,
): { readonly head: Uint8Array; readonly pages: number } {
  const pages: Uint8Array[] = [];
  const writer = new PageWriter(serial, 0, (page) => pages.push(page));
  writer.packet(identification, 0);
  writer.flush();
  writer.packet(comment, 0);
  writer.packet(setup, 0);
  writer.flush();
  return { head: Buffer.concat(pages), pages: pages.length };
}

function noVorbis(path: string): AsideError<'file'> {
  return new AsideError('file', `${path} is no Vorbis stream`, {
    details: { path, reason: 'damaged' },
    remedy: 'Something else changed it meanwhile: make it again.',
  });
}
