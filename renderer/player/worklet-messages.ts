/**
 * What the page and the audio thread say to each other. Frames are samples of one channel at the rate of the audio
 * context. An *epoch* is the time between two flushes: positions count from 0 in each, and what is told of an older
 * epoch is stale.
 */
export type ToWorklet =
  | { readonly kind: 'push'; readonly epoch: number; readonly samples: Int16Array<ArrayBuffer> }
  /** Drops what would be played from `frame` on. */
  | { readonly kind: 'truncate'; readonly epoch: number; readonly frame: number }
  /** Drops everything and begins `epoch` at frame 0. */
  | { readonly kind: 'flush'; readonly epoch: number }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  /** 0 to 1, reached within a few milliseconds. */
  | { readonly kind: 'gain'; readonly gain: number };

/** Sent about every 20 ms while the context runs, also when nothing is played. */
export interface WorkletReport {
  readonly epoch: number;
  /** Frames of this epoch that have gone to the destination. Stands still in a pause and when the queue is empty. */
  readonly playedFrames: number;
  /** Frames of this epoch that wait to be played. */
  readonly queuedFrames: number;
  /** The loudest sample that went out since the last report, 0 to 1. */
  readonly peak: number;
  /** Of the frames since the last report, those that were not silence. */
  readonly soundingFrames: number;
  /** When the frames went out, on the clock of the audio context, in seconds. */
  readonly atSeconds: number;
}
