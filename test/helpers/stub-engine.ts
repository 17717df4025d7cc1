import type { Engine, SynthesisSink } from '../../native-host/engines/engine.ts';
import type { Boundary } from '../../protocol/model/boundary.ts';

/** An engine that does what a test says, in place of a voice. */
export function stubEngine(perform: (sink: SynthesisSink) => void | Promise<void>): Engine {
  return {
    id: 'scripted',
    sampleRateHz: 1_000,
    listVoices: () => [],
    synthesize: (_, sink) => perform(sink),
    close: () => {},
  };
}

/** The two ways in which engines hand over what they make: blocking, and waiting for an answer. */
export const ways: readonly [string, (sink: SynthesisSink, samples: Int16Array) => boolean | Promise<boolean>][] = [
  ['an engine that blocks', (sink, samples) => sink.audio(samples)],
  ['an engine that waits', (sink, samples) => sink.audioLater(samples)],
];

/** Samples that differ from one another, so that a lost, repeated or swapped one is seen. */
export function countingSamples(length: number, from = 0): Int16Array {
  return Int16Array.from({ length }, (_, i) => ((from + i) % 65_536) - 32_768);
}

export function word(charIndex: number): Boundary {
  return { kind: 'word', charIndex, charLength: 1, atMs: charIndex };
}
