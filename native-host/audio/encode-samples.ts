import { AsideError } from '../../protocol/errors.ts';
import { BYTES_PER_SAMPLE } from '../../protocol/model/pcm.ts';
import { BlockWriter } from './block-writer.ts';
import { blocksOf } from './blocks.ts';
import type { EncodedPiece, EncodeParams } from './file-kind.ts';
import { withFile } from './with-file.ts';
import type { Work } from './work.ts';

/** An encoder moves what waits in its buffer with each of its own blocks: with 64 Ki samples Vorbis took a quarter longer. */
const STEP_SAMPLES = 4_096;
/** Some seconds of speech: an encoder works on them for some 20 ms, after which a cancel is seen. */
const BLOCK_BYTES = 16 * STEP_SAMPLES * BYTES_PER_SAMPLE;

/** What the encoders of wasm-media-encoders have in common, set to one channel. What they return is theirs. */
interface SampleEncoder {
  encode(samples: readonly Float32Array[]): Uint8Array;
  finalize(): Uint8Array;
}

/**
 * Encodes a file of samples into a new file. `watch` sees what the encoder makes. Returns the length of the file, and how
 * many samples went into it. Throws `file` and `request-cancelled`.
 */
export async function encodeSamples(
  { pcmPath, path }: EncodeParams,
  encoder: SampleEncoder,
  work: Work,
  watch: (made: Uint8Array) => void = () => {},
): Promise<EncodedPiece> {
  return withFile(pcmPath, 'read', (pcm) =>
    withFile(path, 'make', (file) => {
      const writer = new BlockWriter(file);
      const write = (made: Uint8Array): void => {
        watch(made);
        writer.append(made);
      };
      let samples = 0;
      for (const block of blocksOf(pcm, { blockBytes: BLOCK_BYTES })) {
        if (block.length % BYTES_PER_SAMPLE !== 0) throw halfASample(pcmPath);
        for (const step of stepsOf(block)) write(encoder.encode([step]));
        samples += block.length / BYTES_PER_SAMPLE;
        work.did(block.length);
      }
      write(encoder.finalize());
      writer.flush();
      return { bytes: writer.bytes, samples };
    }),
  );
}

/** Samples as the encoders want them, valid until the next. They are little-endian, as every machine that Aside runs on. */
function* stepsOf(block: Uint8Array): Generator<Float32Array> {
  const samples = new Int16Array(block.buffer, block.byteOffset, block.length / BYTES_PER_SAMPLE);
  const floats = new Float32Array(STEP_SAMPLES);
  for (let at = 0; at < samples.length; at += STEP_SAMPLES) {
    const length = Math.min(STEP_SAMPLES, samples.length - at);
    for (let i = 0; i < length; i++) floats[i] = (samples[at + i] as number) / 32_768;
    yield floats.subarray(0, length);
  }
}

function halfASample(path: string): AsideError<'file'> {
  return new AsideError('file', `${path} ends with half a sample`, {
    details: { path, reason: 'half-a-sample' },
    remedy: 'Something else changed it meanwhile: make it again.',
  });
}
