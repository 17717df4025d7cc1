/** Fades of this length keep a pause, a stop and an empty queue from clicking. */
const FADE_SECONDS = 0.005;
/** One step of a 16-bit sample is 0.00003; below this is silence to everybody. */
const SILENCE = 0.0005;

/**
 * The queue between the arrival of speech and the loudspeaker, one sample at a time. Chunks are joined without a gap.
 *
 * Position is exact: only samples of the queue count, and each is played once. Where the sound has to break off, the
 * last sample is faded out instead of playing on, so a pause loses nothing; where it sets in again, it fades in.
 */
export class SampleStream {
  playedFrames = 0;
  queuedFrames = 0;
  peak = 0;
  soundingFrames = 0;

  readonly #fadeFrames: number;
  #chunks: Int16Array[] = [];
  /** Frames of the first chunk that have been played. */
  #offset = 0;
  #isPaused = false;
  #gain = 1;
  #targetGain = 1;
  /** The last sample of the queue that was played, before gain: where a fade-out starts. */
  #last = 0;
  #fadeOutLeft = 0;
  #fadeInLeft = 0;

  constructor(sampleRateHz: number) {
    this.#fadeFrames = Math.max(1, Math.round(sampleRateHz * FADE_SECONDS));
  }

  push(samples: Int16Array): void {
    if (samples.length === 0) return;
    this.#chunks.push(samples);
    this.queuedFrames += samples.length;
  }

  /** Drops what would be played from `frame` on, counted like `playedFrames`. */
  truncate(frame: number): void {
    let keep = Math.max(0, frame - this.playedFrames);
    this.queuedFrames = Math.min(this.queuedFrames, keep);
    keep += this.#offset;
    this.#chunks = this.#chunks.flatMap((chunk) => {
      const kept = chunk.subarray(0, keep);
      keep = Math.max(0, keep - chunk.length);
      return kept.length > 0 ? [kept] : [];
    });
    if (this.queuedFrames === 0) this.#clear();
  }

  /** Drops everything; position starts again at 0. */
  flush(): void {
    this.#clear();
    this.playedFrames = 0;
    this.#breakOff();
    this.#fadeInLeft = 0; // what comes next is the beginning of a text, not the middle of a sound
  }

  pause(): void {
    if (this.#isPaused) return;
    this.#isPaused = true;
    this.#breakOff();
  }

  resume(): void {
    this.#isPaused = false;
  }

  /** @param gain 0 to 1 */
  setGain(gain: number): void {
    this.#targetGain = gain;
    if (this.playedFrames === 0) this.#gain = gain;
  }

  /** Fills `output` with the next samples, or with silence where there are none. */
  render(output: Float32Array): void {
    for (let i = 0; i < output.length; i++) {
      const sample = this.#next() * this.#stepGain();
      output[i] = sample;
      const level = Math.abs(sample);
      if (level > this.peak) this.peak = level;
      if (level > SILENCE) this.soundingFrames += 1;
    }
  }

  #next(): number {
    if (this.#isPaused || this.queuedFrames === 0) {
      if (!this.#isPaused) this.#breakOff();
      return this.#fadeOut();
    }
    const chunk = this.#chunks[0] as Int16Array; // queuedFrames > 0
    const value = (chunk[this.#offset] as number) / 32768;
    this.#offset += 1;
    if (this.#offset === chunk.length) {
      this.#chunks.shift();
      this.#offset = 0;
    }
    this.queuedFrames -= 1;
    this.playedFrames += 1;
    this.#fadeOutLeft = 0;
    this.#last = this.#fadeIn(value);
    return this.#last;
  }

  /** From here on the last sample fades out. Again while it does, or in silence: nothing. */
  #breakOff(): void {
    if (this.#fadeOutLeft > 0 || this.#last === 0) return;
    this.#fadeOutLeft = this.#fadeFrames;
    this.#fadeInLeft = this.#fadeFrames;
  }

  #fadeOut(): number {
    if (this.#fadeOutLeft === 0) return 0;
    this.#fadeOutLeft -= 1;
    const value = (this.#last * this.#fadeOutLeft) / this.#fadeFrames;
    if (this.#fadeOutLeft === 0) this.#last = 0;
    return value;
  }

  #fadeIn(value: number): number {
    if (this.#fadeInLeft === 0) return value;
    const share = 1 - this.#fadeInLeft / this.#fadeFrames;
    this.#fadeInLeft -= 1;
    return value * share;
  }

  #stepGain(): number {
    const step = 1 / this.#fadeFrames;
    const distance = this.#targetGain - this.#gain;
    this.#gain = Math.abs(distance) <= step ? this.#targetGain : this.#gain + Math.sign(distance) * step;
    return this.#gain;
  }

  #clear(): void {
    this.#chunks = [];
    this.#offset = 0;
    this.queuedFrames = 0;
  }
}
