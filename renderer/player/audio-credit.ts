import { BYTES_PER_SAMPLE } from '../../protocol/model/pcm.ts';

/** How much audio may be ahead of what has been heard. */
const AHEAD_MS = 10_000;
/** Credit is granted in steps of this, not for every 20 ms. */
const STEP_MS = 500;

/**
 * How much audio main may still send in the present generation: always about ten seconds more than has been played.
 * Without it a fast engine would fill the page with hours of audio; in a pause it stands still by itself.
 */
export class AudioCredit {
  #bytesPerMs: number;
  #granted = 0;

  constructor(sampleRateHz: number) {
    this.#bytesPerMs = (sampleRateHz * BYTES_PER_SAMPLE) / 1000;
  }

  /** Begins a generation. Returns its first credit in bytes. */
  begin(): number {
    this.#granted = Math.round(AHEAD_MS * this.#bytesPerMs);
    return this.#granted;
  }

  /** A voice of another rate needs more bytes for the same time. */
  setRate(sampleRateHz: number): void {
    this.#bytesPerMs = (sampleRateHz * BYTES_PER_SAMPLE) / 1000;
  }

  /**
   * @param playedMs audio of this generation that has been played
   * @returns bytes to grant now; 0 while it is not worth a message
   */
  playedTo(playedMs: number): number {
    const bytes = Math.floor((playedMs + AHEAD_MS) * this.#bytesPerMs) - this.#granted;
    if (bytes < STEP_MS * this.#bytesPerMs) return 0;
    this.#granted += bytes;
    return bytes;
  }
}
