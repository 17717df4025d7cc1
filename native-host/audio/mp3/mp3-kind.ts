import { createMp3Encoder } from 'wasm-media-encoders';
import { AsideError } from '../../../protocol/errors.ts';
import type { AudioFormat, AudioTags } from '../../../protocol/model/audio-format.ts';
import type { DiskFile } from '../../files/disk-file.ts';
import { blocksOf } from '../blocks.ts';
import { encodeSamples } from '../encode-samples.ts';
import type { EncodedPiece, EncodeParams, FileKind, FinishParams, Joint } from '../file-kind.ts';
import { otherHead } from '../other-head.ts';
import type { Work } from '../work.ts';
import { FrameCounter } from './frame-counter.ts';
import { FRAME_HEADER_BYTES, MP3_SAMPLE_RATES, parseFrameHeader } from './frame-header.ts';
import { id3Tag } from './id3-tag.ts';
import { type XingOptions, xingFrame } from './xing-frame.ts';

type Encoder = Awaited<ReturnType<typeof createMp3Encoder>>;
type Mp3Format = Extract<AudioFormat, { kind: 'mp3' }>;

/**
 * An ID3 tag, a frame about the stream, and the frames of all pieces. Each piece is a stream of its own: none of its frames
 * borrows room from one before, so they play one after the other as they are.
 */
export function createMp3Kind(): FileKind {
  let created: Promise<Encoder> | undefined; // with the first piece: a host that only joins needs none
  return {
    begin: async ({ path, format, sampleRateHz, tags }) => {
      const about = { frames: 0, streamBytes: 0, places: [] };
      return { head: Buffer.concat(headOf(tags, 0, { ...about, ...streamOf(path, format, sampleRateHz) })), pages: 0 };
    },
    encode: async (params, work) => {
      created ??= createMp3Encoder();
      return encode(await created, params, work);
    },
    join,
    finish,
  };
}

async function encode(encoder: Encoder, params: EncodeParams, work: Work): Promise<EncodedPiece> {
  const { path, format } = params;
  const { sampleRateHz } = streamOf(path, format, params.sampleRateHz);
  encoder.configure({ channels: 1, sampleRate: sampleRateHz, outputSampleRate: sampleRateHz, ...rateOf(mp3(format)) });
  const counter = new FrameCounter(path, sampleRateHz);
  const { bytes } = await encodeSamples(params, encoder, work, (made) => counter.push(made));
  counter.end();
  return { bytes, samples: counter.samples };
}

function join({ params: { path, format, sampleRateHz, state }, piece, append, work }: Joint) {
  const counter = new FrameCounter(piece.path, streamOf(path, format, sampleRateHz).sampleRateHz);
  for (const block of blocksOf(piece)) {
    counter.push(block);
    append(block);
    work.did(block.length);
  }
  counter.end();
  return { state: { ...state, samples: state.samples + counter.samples }, startSamples: state.samples };
}

function finish({ path, format, sampleRateHz, tags, state, seekPoints }: FinishParams, file: DiskFile) {
  const stream = streamOf(path, format, sampleRateHz);
  const endMs = (state.samples / stream.sampleRateHz) * 1_000;
  const startBytes = id3Tag(tags, endMs).length;
  const places = [...seekPoints, state].map(({ samples, bytes }) => ({ samples, bytes: bytes - startBytes }));
  const streamBytes = state.bytes - startBytes;
  const frames = state.samples / samplesPerFrame(stream);
  const head = Buffer.concat(headOf(tags, endMs, { ...stream, frames, streamBytes, places }));
  // Behind the head there is nothing or the first frame of the first piece.
  const next = new Uint8Array(FRAME_HEADER_BYTES);
  file.readAt(head.length, next);
  if (state.bytes < head.length || (state.samples > 0 && !parseFrameHeader(next))) throw otherHead(path);
  return { head, tail: new Uint8Array() };
}

function headOf(tags: AudioTags, endMs: number, about: XingOptions): readonly Uint8Array[] {
  return [id3Tag(tags, endMs), xingFrame(about)];
}

function samplesPerFrame(stream: Pick<XingOptions, 'sampleRateHz' | 'bitrateKbps'>): number {
  const { samples } = parseFrameHeader(xingFrame({ ...stream, frames: 0, streamBytes: 0, places: [] })) ?? {};
  return samples ?? 1;
}

/** Throws `refused` for a sampling rate that MP3 does not have. */
function streamOf(path: string, format: AudioFormat, sampleRateHz: number) {
  const known = MP3_SAMPLE_RATES.find((rate) => rate === sampleRateHz);
  if (known) return { sampleRateHz: known, bitrateKbps: mp3(format).bitrateKbps };
  throw new AsideError('refused', `${path}: MP3 has no sampling rate of ${sampleRateHz} Hz, which this voice has`, {
    details: { reason: 'sample-rate' },
    remedy: 'Export to WAV or Ogg, or choose another voice.',
  });
}

/** What LAME is told: a constant bit rate, or the quality of a variable one, by default its own. */
function rateOf({ bitrateKbps, quality }: Mp3Format) {
  return bitrateKbps === null ? { vbrQuality: quality ?? 4 } : { bitrate: bitrateKbps };
}

function mp3(format: AudioFormat): Mp3Format {
  if (format.kind === 'mp3') return format;
  throw new AsideError('internal', `${format.kind} is no MP3`, { details: {} });
}
