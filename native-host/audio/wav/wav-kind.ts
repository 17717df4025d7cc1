import { AsideError } from '../../../protocol/errors.ts';
import { BYTES_PER_SAMPLE } from '../../../protocol/model/pcm.ts';
import { blocksOf } from '../blocks.ts';
import type { FileKind } from '../file-kind.ts';
import { type WavHeadOptions, wavHead } from './wav-head.ts';

/** Samples as they are, between a head and nothing. */
export const wavKind: FileKind = {
  begin: async (params) => ({ head: headOf(params.path, { ...params, audioBytes: 0 }), pages: 0 }),
  encode: async ({ pcmPath }) => {
    throw new AsideError('internal', `${pcmPath} was to be encoded for WAV, which takes samples as they are`, {
      details: {},
    });
  },
  join: ({ state }, piece, append, work) => {
    let { samples } = state;
    for (const block of blocksOf(piece)) {
      append(block);
      samples += block.length / BYTES_PER_SAMPLE;
      work.did(block.length);
    }
    return { ...state, samples };
  },
  finish: async (params) => {
    const audioBytes = params.state.samples * BYTES_PER_SAMPLE;
    return { head: headOf(params.path, { ...params, audioBytes }), tail: new Uint8Array() };
  },
};

function headOf(path: string, options: WavHeadOptions): Uint8Array {
  const head = wavHead(options);
  if (head) return head;
  throw new AsideError('file', `${path}: a WAV file holds at most 4 GB, and this text needs more`, {
    details: { path, reason: 'too-long-for-wav' },
    remedy: 'Export the text in several parts.',
  });
}
