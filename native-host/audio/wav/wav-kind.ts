import { AsideError } from '../../../protocol/errors.ts';
import { BYTES_PER_SAMPLE } from '../../../protocol/model/pcm.ts';
import {
  hasRoomForHugeSizes,
  MAX_RIFF_FILE_BYTES,
  type WavHeadOptions,
  wavHead,
} from '../../../protocol/model/wav-head.ts';
import type { DiskFile } from '../../files/disk-file.ts';
import { blocksOf } from '../blocks.ts';
import type { FileKind } from '../file-kind.ts';
import { otherHead } from '../other-head.ts';

/** Samples as they are, between a head and nothing. */
export const wavKind: FileKind = {
  begin: async (params) => ({ head: headOf(params.path, { ...params, audioBytes: 0 }), pages: 0 }),
  encode: async ({ pcmPath }) => {
    throw new AsideError('internal', `${pcmPath} was to be encoded for WAV, which takes samples as they are`, {
      details: {},
    });
  },
  join: ({ params: { path, state }, piece, file, append, work }) => {
    if (state.bytes + piece.bytes > MAX_RIFF_FILE_BYTES && !hasRoom(file)) throw tooLong(path);
    let { samples } = state;
    for (const block of blocksOf(piece)) {
      append(block);
      samples += block.length / BYTES_PER_SAMPLE;
      work.did(block.length);
    }
    return { state: { ...state, samples }, startSamples: state.samples };
  },
  finish: (params) => {
    const { path, state } = params;
    const audioBytes = state.samples * BYTES_PER_SAMPLE;
    const head = headOf(path, { ...params, audioBytes });
    if (head.length + audioBytes !== state.bytes) throw otherHead(path);
    return { head, tail: new Uint8Array() };
  },
};

function headOf(path: string, options: WavHeadOptions): Uint8Array {
  const head = wavHead(options);
  if (head) return head;
  throw tooLong(path);
}

function hasRoom(file: DiskFile): boolean {
  const start = new Uint8Array(16);
  file.readAt(0, start);
  return hasRoomForHugeSizes(start);
}

function tooLong(path: string): AsideError<'file'> {
  return new AsideError('file', `${path}: a WAV file holds at most 4 GB, and this text needs more`, {
    details: { path, reason: 'too-long-for-wav' },
    remedy: 'Export the text in several parts.',
  });
}
