import { crc32 } from 'node:zlib';
import { createOggEncoder } from 'wasm-media-encoders';
import { AsideError } from '../../../protocol/errors.ts';
import type { AudioFormat, AudioTags } from '../../../protocol/model/audio-format.ts';
import type { DiskFile } from '../../files/disk-file.ts';
import { encodeSamples } from '../encode-samples.ts';
import type { BeginParams, EncodedPiece, EncodeParams, FileKind, FinishParams, Joined, Joint } from '../file-kind.ts';
import { otherHead } from '../other-head.ts';
import type { Work } from '../work.ts';
import { packetsOf } from './packets.ts';
import { PageWriter } from './page-writer.ts';
import { buildHead, readHead, readHeadOf, type StreamHead } from './stream-head.ts';
import { vendorOf, vorbisComment } from './vorbis-comment.ts';

type Encoder = Awaited<ReturnType<typeof createOggEncoder>>;

/** Of pieces. They are streams that nobody sees. */
const PIECE_SERIAL = 1;

/**
 * One logical stream: the packets of all pieces on new pages, behind headers that all pieces have in common. Not a chain of
 * streams, of which many players show the first one's length.
 */
export function createOggKind(): FileKind {
  let created: Promise<Encoder> | undefined; // with the first file or piece: a host that only joins needs none
  const encoder = (): Promise<Encoder> => {
    created ??= createOggEncoder();
    return created;
  };
  return {
    begin: async (params) => begin(await encoder(), params),
    encode: async (params, work) => encode(await encoder(), params, work),
    join,
    finish,
  };
}

/** The headers are those of a stream without samples. */
function begin(encoder: Encoder, { path, format, sampleRateHz, tags }: BeginParams) {
  configure(encoder, format, sampleRateHz);
  const empty = Buffer.from(encoder.finalize());
  const headers = readHeadOf({ path, readAt: (offset, block) => empty.copy(block, 0, offset) });
  return buildHead(serialOf(tags), { ...headers, comment: vorbisComment(vendorOf(headers.comment), tags) });
}

async function encode(encoder: Encoder, params: EncodeParams, work: Work): Promise<EncodedPiece> {
  configure(encoder, params.format, params.sampleRateHz);
  return encodeSamples(params, encoder, work);
}

/**
 * A packet yields the samples from the middle of the block before to the middle of its own, so the first one of a stream
 * yields none, and that of any later piece some that are not in the piece.
 */
function join({ params: { state }, piece, file, append, work }: Joint): Joined {
  const { serial, ...head } = readHeadOf(file);
  const packets = packetsOf(piece);
  if (!isLike(readHead(piece.path, packets), head)) throw otherSettings(piece.path, file.path);
  const writer = new PageWriter(serial, state.pages, append);
  let { samples, lastBlock } = state;
  let startSamples: number | undefined;
  for (const { bytes } of packets) {
    const block = head.blockSizeOf(bytes);
    if (lastBlock > 0) samples += lastBlock / 4 + block / 4;
    lastBlock = block;
    startSamples ??= samples;
    writer.packet(bytes, samples);
    work.did(bytes.length);
  }
  writer.flush();
  return { state: { samples, pages: writer.sequence, lastBlock }, startSamples: startSamples ?? samples };
}

function finish({ path, tags, state }: FinishParams, file: DiskFile) {
  const old = readHeadOf(file);
  const { head } = buildHead(old.serial, { ...old, comment: vorbisComment(vendorOf(old.comment), tags) });
  if (head.length !== old.bytes) throw otherHead(path);
  const pages: Uint8Array[] = [];
  new PageWriter(old.serial, state.pages, (page) => pages.push(page)).end(state.samples);
  return { head, tail: Buffer.concat(pages) };
}

function isLike(a: StreamHead, b: Pick<StreamHead, 'identification' | 'setup'>): boolean {
  return Buffer.compare(a.identification, b.identification) === 0 && Buffer.compare(a.setup, b.setup) === 0;
}

/** It takes every sampling rate that there is in Aside. */
function configure(encoder: Encoder, format: AudioFormat, sampleRateHz: number): void {
  if (format.kind !== 'ogg') throw new AsideError('internal', `${format.kind} is no Ogg`, { details: {} });
  encoder.configure({ channels: 1, sampleRate: sampleRateHz, vbrQuality: format.quality, oggSerialNo: PIECE_SERIAL });
}

/** The same for the same file each time, and others for the parts of one book: people put files behind each other. */
function serialOf({ title, author, track }: AudioTags): number {
  return crc32(JSON.stringify([title, author, track]));
}

function otherSettings(piecePath: string, path: string): AsideError<'file'> {
  return new AsideError('file', `${piecePath} was encoded with other settings than ${path}`, {
    details: { path: piecePath, reason: 'other-settings' },
    remedy: 'Encode it again, or make the file again from its beginning.',
  });
}
