import { type Mp3SampleRate, silentFrame } from './frame-header.ts';

/** Where one may go to: samples since the start, and bytes since the start of the stream. */
export interface SeekPlace {
  readonly samples: number;
  readonly bytes: number;
}

export interface XingOptions {
  readonly sampleRateHz: Mp3SampleRate;
  /** Null: variable. */
  readonly bitrateKbps: number | null;
  /** All frames after this one. */
  readonly frames: number;
  /** This frame included. */
  readonly streamBytes: number;
  /** In their order; the last is the end of the stream. */
  readonly places: readonly SeekPlace[];
}

const TOC_ENTRIES = 100;
const HAS_FRAMES_BYTES_TOC = 0b111;
/** `Xing`, flags, frames, bytes, table. */
const XING_BYTES = 16 + TOC_ENTRIES;
const LAME_BYTES = 36;

/**
 * By how many samples LAME's output is late. Players that know add what a decoder itself is late, 529 samples, and skip
 * both: so a piece begins where it was meant to.
 */
const LAME_DELAY_SAMPLES = 576;
const CONSTANT = 1;
const VARIABLE = 4; // "vbr mtrh"

/**
 * The silent frame in front of a stream by which players know its length and where to seek: `Info` for a constant bit rate,
 * `Xing` for a variable one, with LAME's extension (http://gabriel.mp3-tech.org/mp3infotag.html). Always as long for the
 * same rates.
 */
export function xingFrame({ sampleRateHz, bitrateKbps, frames, streamBytes, places }: XingOptions): Uint8Array {
  const { frame, roomAt } = silentFrame(sampleRateHz, bitrateKbps ?? 0, XING_BYTES + LAME_BYTES);
  frame.write(bitrateKbps === null ? 'Xing' : 'Info', roomAt, 'latin1');
  frame.writeUInt32BE(HAS_FRAMES_BYTES_TOC, roomAt + 4);
  frame.writeUInt32BE(clamp32(frames), roomAt + 8);
  frame.writeUInt32BE(clamp32(streamBytes), roomAt + 12);
  frame.set(tableOf(places), roomAt + 16);
  const lameAt = roomAt + XING_BYTES;
  frame.write('LAME3.100', lameAt, 'latin1');
  frame[lameAt + 9] = bitrateKbps === null ? VARIABLE : CONSTANT;
  frame[lameAt + 20] = Math.min(bitrateKbps ?? 0, 255);
  frame.writeUIntBE(LAME_DELAY_SAMPLES << 12, lameAt + 21, 3);
  frame.writeUInt32BE(clamp32(streamBytes), lameAt + 28);
  frame.writeUInt16BE(crc16(frame.subarray(0, lameAt + 34)), lameAt + 34);
  return frame;
}

/** For each hundredth of the time, where it begins, in 256ths of the bytes. */
function tableOf(places: readonly SeekPlace[]): Uint8Array {
  const table = new Uint8Array(TOC_ENTRIES);
  const end = places.at(-1);
  if (!end || end.samples === 0) return table;
  let next = 0;
  for (let i = 0; i < TOC_ENTRIES; i++) {
    const samples = (i / TOC_ENTRIES) * end.samples;
    while ((places[next]?.samples ?? Number.POSITIVE_INFINITY) < samples) next += 1;
    const bytes = between(places[next - 1] ?? { samples: 0, bytes: 0 }, places[next] ?? end, samples);
    table[i] = Math.min(255, Math.floor((bytes / end.bytes) * 256));
  }
  return table;
}

function between(before: SeekPlace, after: SeekPlace, samples: number): number {
  if (after.samples <= before.samples) return before.bytes;
  return before.bytes + ((samples - before.samples) / (after.samples - before.samples)) * (after.bytes - before.bytes);
}

/** The fields have 32 bits; a file that needs more plays all the same. */
function clamp32(value: number): number {
  return Math.min(value, 0xffff_ffff);
}

/** CRC-16 with the polynomial 0x8005, bits mirrored, from 0. */
function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}
