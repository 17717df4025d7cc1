import type { BlockingSink, SynthesisSink } from '../../native-host/engines/engine.ts';

/** A sink for engines of either kind that takes samples at once. It never says stop by itself. */
export function sinkOf({ audio, boundary }: BlockingSink): SynthesisSink {
  return { audio, boundary, audioLater: async (samples) => audio(samples), onStop: () => {}, sampleRate: () => {} };
}
