import type { AudioTags } from '../../../protocol/model/audio-format.ts';
import { BYTES_PER_SAMPLE } from '../../../protocol/model/pcm.ts';

/** Sizes in RIFF have 32 bits. This one says in RF64: look into `ds64`. */
const MAX_SIZE = 0xffff_ffff;

/** RIFF counts all of a file but its first 8 bytes. */
export const MAX_RIFF_FILE_BYTES = MAX_SIZE + 8;

/** Bytes in a `ds64` chunk: three sizes of 64 bits, and the length of a table that has nothing. */
const DS64_BYTES = 28;

export interface WavHeadOptions {
  readonly sampleRateHz: number;
  readonly tags: AudioTags;
  /** Whether there is room for sizes of 64 bits. */
  readonly mayBeHuge: boolean;
  readonly audioBytes: number;
}

/**
 * What stands before the samples, always as long for the same tags and `mayBeHuge`. Null: the sizes need more than 32
 * bits, and there is no room for them.
 *
 * RIFF: "Multimedia Programming Interface and Data Specifications 1.0" (IBM and Microsoft, 1991), with title and author in
 * an `INFO` list. RF64: EBU Tech 3306; a `JUNK` chunk keeps the place of its `ds64`. Other programs read the `INFO` list
 * as UTF-8.
 */
export function wavHead({ sampleRateHz, tags, mayBeHuge, audioBytes }: WavHeadOptions): Uint8Array | null {
  const between = Buffer.concat([formatChunk(sampleRateHz), infoList(tags)]);
  const room = mayBeHuge ? 8 + DS64_BYTES : 0;
  const headBytes = 12 + room + between.length + 8;
  const riffBytes = headBytes - 8 + audioBytes;
  const isHuge = riffBytes > MAX_SIZE;
  if (isHuge && !mayBeHuge) return null;
  const sizes = mayBeHuge ? [isHuge ? sizesChunk(riffBytes, audioBytes) : chunk('JUNK', Buffer.alloc(DS64_BYTES))] : [];
  return Buffer.concat([
    chunkHead(isHuge ? 'RF64' : 'RIFF', isHuge ? MAX_SIZE : riffBytes),
    Buffer.from('WAVE', 'latin1'),
    ...sizes,
    between,
    chunkHead('data', isHuge ? MAX_SIZE : audioBytes),
  ]);
}

/** Whether a file was begun with room for sizes of 64 bits; also when they are there. By its first 16 bytes. */
export function hasRoomForHugeSizes(start: Uint8Array): boolean {
  return ['JUNK', 'ds64'].includes(Buffer.from(start.subarray(12, 16)).toString('latin1'));
}

function formatChunk(sampleRateHz: number): Buffer {
  const body = Buffer.alloc(16);
  body.writeUInt16LE(1, 0); // PCM
  body.writeUInt16LE(1, 2); // channels
  body.writeUInt32LE(sampleRateHz, 4);
  body.writeUInt32LE(sampleRateHz * BYTES_PER_SAMPLE, 8);
  body.writeUInt16LE(BYTES_PER_SAMPLE, 12);
  body.writeUInt16LE(BYTES_PER_SAMPLE * 8, 14);
  return chunk('fmt ', body);
}

function sizesChunk(riffBytes: number, audioBytes: number): Buffer {
  const body = Buffer.alloc(DS64_BYTES);
  body.writeBigUInt64LE(BigInt(riffBytes), 0);
  body.writeBigUInt64LE(BigInt(audioBytes), 8);
  body.writeBigUInt64LE(BigInt(audioBytes / BYTES_PER_SAMPLE), 16);
  return chunk('ds64', body);
}

/** Nothing at all without tags, so that a plain file has the 44 bytes of head that simple readers take for granted. */
function infoList({ title, author, track }: AudioTags): Buffer {
  const number = track === null ? '' : String(track.number);
  const entries = [infoText('INAM', title), infoText('IART', author), infoText('ITRK', number)];
  const body = Buffer.concat(entries);
  return body.length === 0 ? body : chunk('LIST', Buffer.concat([Buffer.from('INFO', 'latin1'), body]));
}

function infoText(id: string, text: string): Buffer {
  return text === '' ? Buffer.alloc(0) : chunk(id, Buffer.from(`${text}\0`, 'utf8'));
}

/** Chunks begin at even places: an odd one is followed by a byte that its size does not count. */
function chunk(id: string, body: Buffer): Buffer {
  return Buffer.concat([chunkHead(id, body.length), body, Buffer.alloc(body.length % 2)]);
}

function chunkHead(id: string, bodyBytes: number): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, 0, 'latin1');
  head.writeUInt32LE(bodyBytes, 4);
  return head;
}
