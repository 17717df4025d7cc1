import type { Boundary } from '../../../protocol/model/boundary.ts';
import type { BlockingSink } from '../engine.ts';
import { SAMPLE_RATE_HZ } from './tone.ts';

const CHUNK_SAMPLES = SAMPLE_RATE_HZ / 10;
const POLL_MS = 2;

/** One synthesis under way: counts what was made, and heeds or ignores the sink's wish to stop. */
export class Stage {
  readonly #sink: BlockingSink;
  #made = 0;
  /** Time that each further word takes to make. */
  msPerWord = 0;
  /** Goes on making audio when told to stop. */
  isDeaf = false;

  constructor(sink: BlockingSink) {
    this.#sink = sink;
  }

  get atMs(): number {
    return (this.#made / SAMPLE_RATE_HZ) * 1000;
  }

  boundary(boundary: Boundary): void {
    this.#sink.boundary(boundary);
  }

  /** In pieces of at most 100 ms. Returns false when the synthesis is to stop. */
  audio(samples: Int16Array): boolean {
    for (let start = 0; start < samples.length; start += CHUNK_SAMPLES) {
      const chunk = samples.subarray(start, start + CHUNK_SAMPLES);
      this.#made += chunk.length;
      if (!this.#sink.audio(chunk) && !this.isDeaf) return false;
    }
    return true;
  }

  silence(durationMs: number): boolean {
    return this.audio(new Int16Array(Math.round((durationMs / 1000) * SAMPLE_RATE_HZ)));
  }

  /** Blocks for `durationMs` of real time. Returns false, sooner, when the synthesis is to stop. */
  pause(durationMs: number): boolean {
    const endsAtMs = performance.now() + durationMs;
    const never = new Int32Array(new SharedArrayBuffer(4));
    for (;;) {
      const leftMs = endsAtMs - performance.now();
      if (leftMs <= 0) return true;
      Atomics.wait(never, 0, 0, Math.min(POLL_MS, leftMs));
      if (!this.#sink.audio(new Int16Array(0)) && !this.isDeaf) return false;
    }
  }
}
