import type { AudioTags } from './audio-format.ts';
import { BYTES_PER_SAMPLE } from './pcm.ts';

/** Sizes in RIFF have 32 bits. This one says in RF64: look into `ds64`. */
const MAX_SIZE = 0xffff_ffff;

/** RIFF counts all of a file but its first 8 bytes. */
export const MAX_RIFF_FILE_BYTES = MAX_SIZE + 8;

/** Bytes in a `ds64` chunk: three sizes of 64 bits, and the length of a table that has nothing. */
const DS64_BYTES = 28;

/** What is known before there are samples. */
export interface WavHeadParts {
  readonly tags: AudioTags;
  /** Whether there is room for sizes of 64 bits. */
  readonly mayBeHuge: boolean;
}

export interface WavHeadOptions extends WavHeadParts {
  readonly sampleRateHz: number;
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
  const between = joined([formatChunk(sampleRateHz), infoList(tags)]);
  const room = mayBeHuge ? 8 + DS64_BYTES : 0;
  const headBytes = 12 + room + between.length + 8;
  const riffBytes = headBytes - 8 + audioBytes;
  const isHuge = riffBytes > MAX_SIZE;
  if (isHuge && !mayBeHuge) return null;
  const sizes = mayBeHuge
    ? [isHuge ? sizesChunk(riffBytes, audioBytes) : chunk('JUNK', new Uint8Array(DS64_BYTES))]
    : [];
  return joined([
    chunkHead(isHuge ? 'RF64' : 'RIFF', isHuge ? MAX_SIZE : riffBytes),
    bytesOf('WAVE'),
    ...sizes,
    between,
    chunkHead('data', isHuge ? MAX_SIZE : audioBytes),
  ]);
}

/** Whether a file was begun with room for sizes of 64 bits; also when they are there. By its first 16 bytes. */
export function hasRoomForHugeSizes(start: Uint8Array): boolean {
  return ['JUNK', 'ds64'].includes(new TextDecoder().decode(start.subarray(12, 16)));
}

function formatChunk(sampleRateHz: number): Uint8Array {
  const body = new DataView(new ArrayBuffer(16));
  body.setUint16(0, 1, true); // PCM
  body.setUint16(2, 1, true); // channels
  body.setUint32(4, sampleRateHz, true);
  body.setUint32(8, sampleRateHz * BYTES_PER_SAMPLE, true);
  body.setUint16(12, BYTES_PER_SAMPLE, true);
  body.setUint16(14, BYTES_PER_SAMPLE * 8, true);
  return chunk('fmt ', new Uint8Array(body.buffer));
}

function sizesChunk(riffBytes: number, audioBytes: number): Uint8Array {
  const body = new DataView(new ArrayBuffer(DS64_BYTES));
  body.setBigUint64(0, BigInt(riffBytes), true);
  body.setBigUint64(8, BigInt(audioBytes), true);
  body.setBigUint64(16, BigInt(audioBytes / BYTES_PER_SAMPLE), true);
  return chunk('ds64', new Uint8Array(body.buffer));
}

/** Nothing at all without tags, so that a plain file has the 44 bytes of head that simple readers take for granted. */
function infoList({ title, author, track }: AudioTags): Uint8Array {
  const number = track === null ? '' : String(track.number);
  const body = joined([infoText('INAM', title), infoText('IART', author), infoText('ITRK', number)]);
  return body.length === 0 ? body : chunk('LIST', joined([bytesOf('INFO'), body]));
}

function infoText(id: string, text: string): Uint8Array {
  return text === '' ? new Uint8Array() : chunk(id, bytesOf(`${text}\0`));
}

/** Chunks begin at even places: an odd one is followed by a byte that its size does not count. */
function chunk(id: string, body: Uint8Array): Uint8Array {
  return joined([chunkHead(id, body.length), body, new Uint8Array(body.length % 2)]);
}

function chunkHead(id: string, bodyBytes: number): Uint8Array {
  const size = new DataView(new ArrayBuffer(4));
  size.setUint32(0, bodyBytes, true);
  return joined([bytesOf(id), new Uint8Array(size.buffer)]);
}

/** As UTF-8. */
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
