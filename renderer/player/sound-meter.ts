import type { OutputReport } from './audio-output.ts';

/** What has gone to the loudspeaker since Play, over all skips. Shown in the page so that tests can prove the sound. */
export interface SoundMeter {
  readonly playedMs: number;
  /** Of `playedMs`, what was not silence. */
  readonly soundingMs: number;
  /** The loudest sample, 0 to 1, after volume. */
  readonly peak: number;
}

export const SILENCE: SoundMeter = { playedMs: 0, soundingMs: 0, peak: 0 };

/** @param playedBeforeMs the `playedMs` of the report before this one, 0 after a flush */
export function addReport(meter: SoundMeter, report: OutputReport, playedBeforeMs: number): SoundMeter {
  return {
    playedMs: meter.playedMs + Math.max(0, report.playedMs - playedBeforeMs),
    soundingMs: meter.soundingMs + report.soundingMs,
    peak: Math.max(meter.peak, report.peak),
  };
}
