import type { AsideError } from '../../protocol/errors.ts';

/** How far the sound is. Times are milliseconds of audio since the last flush. */
export interface OutputReport {
  /** Audio that has gone to the device. */
  readonly playedMs: number;
  /** Audio that has come out of the loudspeaker: behind `playedMs` by what the device buffers. */
  readonly heardMs: number;
  /** The loudest sample since the last report, 0 to 1. */
  readonly peak: number;
  /** Of the audio since the last report, how much was not silence. */
  readonly soundingMs: number;
}

/**
 * - `blocked`: the browser wants a click before it lets a page sound.
 * - `lost`: the device is gone or stands still; what was pushed is lost. Push again after `recover`.
 */
export type OutputTrouble = { readonly kind: 'blocked' } | { readonly kind: 'lost'; readonly error: AsideError };

/** The loudspeaker: plays what is pushed, in order and without gaps. */
export interface AudioOutput {
  /** Plays `samples` after what was pushed before. A change of the rate waits until everything before it was played. */
  push(samples: Int16Array<ArrayBuffer>, sampleRateHz: number): void;
  /** Drops what would be played from `atMs` on. */
  truncate(atMs: number): void;
  /** Drops everything at once; times start again at 0. */
  flush(): void;
  /** Exact to the sample: what was not played before the pause is played after it. */
  pause(): void;
  /** Within a click it also ends `blocked`; after `lost` it tries the device anew. */
  resume(): void;
  /** 0 to 100; applies at once, also to what is buffered. */
  setVolume(percent: number): void;
  onReport(listener: (report: OutputReport) => void): void;
  onTrouble(listener: (trouble: OutputTrouble) => void): void;
  /** Gives the device back. Can be used again afterwards. */
  release(): void;
}
