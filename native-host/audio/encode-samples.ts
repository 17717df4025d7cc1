import { AsideError } from '../../protocol/errors.ts';
import { BYTES_PER_SAMPLE } from '../../protocol/model/pcm.ts';
import { blocksOf } from './blocks.ts';
import { withFile } from './with-file.ts';
import type { Work } from './work.ts';

/** Some seconds of speech: an encoder works on them for some 20 ms, after which a cancel is seen. */
const BLOCK_SAMPLES = 64 * 1024;

/** What the encoders of wasm-media-encoders have in common, set to one channel. What they return is theirs. */
interface SampleEncoder {
  encode(samples: readonly Float32Array[]): Uint8Array;
  finalize(): Uint8Array;
}

/**
 * Encodes a file of samples. `write` gets what the encoder made, which is valid during the call. Returns the number of
 * samples. Throws `file` and `request-cancelled`.
 */
export async function encodeSamples(
  pcmPath: string,
  encoder: SampleEncoder,
  write: (bytes: Uint8Array) => void,
  work: Work,
): Promise<number> {
  return withFile(pcmPath, 'read', (pcm) => {
    const floats = new Float32Array(BLOCK_SAMPLES);
    let samples = 0;
    for (const block of blocksOf(pcm, { blockBytes: BLOCK_SAMPLES * BYTES_PER_SAMPLE })) {
      if (block.length % BYTES_PER_SAMPLE !== 0) throw halfASample(pcmPath);
      const taken = toFloats(block, floats);
      write(encoder.encode([floats.subarray(0, taken)]));
      samples += taken;
      work.did(block.length);
    }
    write(encoder.finalize());
    return samples;
  });
}

/** Returns how many there are. Samples are little-endian, as every machine is that Aside runs on. */
function toFloats(block: Uint8Array, floats: Float32Array): number {
  const samples = new Int16Array(block.buffer, block.byteOffset, block.length / BYTES_PER_SAMPLE);
  for (let i = 0; i < samples.length; i++) floats[i] = (samples[i] as number) / 32_768;
  return samples.length;
}

function halfASample(path: string): AsideError<'file'> {
  return new AsideError('file', `${path} ends with half a sample`, {
    details: { path, reason: 'half-a-sample' },
    remedy: 'Something else changed it meanwhile: make it again.',
  });
}
