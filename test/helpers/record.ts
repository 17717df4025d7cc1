import { createHash } from 'node:crypto';
import type { Engine, Synthesis } from '../../native-host/engines/engine.ts';
import type { Boundary } from '../../protocol/model/boundary.ts';
import { sinkOf } from './sink-of.ts';

/** All that an engine made of a text. */
export interface Recording {
  readonly samples: Int16Array;
  readonly sampleRateHz: number;
  readonly boundaries: readonly Boundary[];
  /** For each boundary, how much audio had been delivered when it came. */
  readonly audioAtMs: readonly number[];
  /** Samples that came although the engine had been told to stop. */
  readonly audioAfterStop: number;
}

/** Synthesises, and says stop as soon as more than `stopAt` samples have come. */
export async function record(
  engine: Engine,
  synthesis: Synthesis,
  stopAt = Number.POSITIVE_INFINITY,
): Promise<Recording> {
  const chunks: Int16Array[] = [];
  const boundaries: Boundary[] = [];
  const audioAtMs: number[] = [];
  let sampleRateHz = engine.sampleRateHz;
  let length = 0;
  let audioAfterStop = 0;
  const sink = sinkOf({
    audio(samples) {
      if (length > stopAt) {
        audioAfterStop += samples.length;
        return false;
      }
      chunks.push(samples.slice());
      length += samples.length;
      return length <= stopAt;
    },
    boundary(boundary) {
      boundaries.push(boundary);
      audioAtMs.push((length / sampleRateHz) * 1000);
    },
  });
  await engine.synthesize(synthesis, {
    ...sink,
    sampleRate: (hz) => {
      sampleRateHz = hz;
    },
  });
  return { samples: concatenate(chunks, length), sampleRateHz, boundaries, audioAtMs, audioAfterStop };
}

/** Two recordings are the same when these are equal. */
export function summarise({ samples, boundaries }: Recording) {
  return { samples: samples.length, sound: hashSamples(samples), boundaries };
}

export function hashSamples({ buffer, byteOffset, byteLength }: Int16Array): string {
  return createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex');
}

/** Root mean square of the samples; 0 is silence. */
export function loudness(samples: Int16Array): number {
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0);
  return samples.length === 0 ? 0 : Math.sqrt(energy / samples.length);
}

/** What the words among the boundaries cover. */
export function wordsIn(text: string, boundaries: readonly Boundary[]): string[] {
  return boundaries.filter(({ kind }) => kind === 'word').map((word) => slice(text, word));
}

export function slice(text: string, { charIndex, charLength }: Boundary): string {
  return text.slice(charIndex, charIndex + charLength);
}

function concatenate(chunks: readonly Int16Array[], length: number): Int16Array {
  const samples = new Int16Array(length);
  let start = 0;
  for (const chunk of chunks) {
    samples.set(chunk, start);
    start += chunk.length;
  }
  return samples;
}
