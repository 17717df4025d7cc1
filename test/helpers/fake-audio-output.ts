import type { AudioOutput, OutputReport, OutputTrouble } from '../../renderer/player/audio-output.ts';

/** An output at our own seam whose clock a test moves. It has no latency: what is played is heard. */
export class FakeAudioOutput implements AudioOutput {
  queuedMs = 0;
  playedMs = 0;
  isPaused = true;
  volume = 100;
  releases = 0;
  /** Everything that was done to it but pushes, in order. */
  readonly log: string[] = [];
  #report: (report: OutputReport) => void = () => {};
  #trouble: (trouble: OutputTrouble) => void = () => {};

  /** Lets `ms` go by in steps of 20 ms, each of which lets the page answer, as the audio thread does. */
  async play(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 20) {
      this.#step(Math.min(20, left));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  trouble(trouble: OutputTrouble): void {
    this.#trouble(trouble);
  }

  push(samples: Int16Array<ArrayBuffer>, sampleRateHz: number): void {
    this.queuedMs += (samples.length / sampleRateHz) * 1000;
  }

  truncate(atMs: number): void {
    this.log.push(`truncate ${Math.round(atMs)}`);
    this.queuedMs = Math.max(0, Math.min(this.queuedMs, atMs - this.playedMs));
  }

  flush(): void {
    this.log.push('flush');
    this.queuedMs = 0;
    this.playedMs = 0;
  }

  pause(): void {
    this.log.push('pause');
    this.isPaused = true;
  }

  resume(): void {
    this.log.push('resume');
    this.isPaused = false;
  }

  setVolume(percent: number): void {
    this.volume = percent;
  }

  onReport(listener: (report: OutputReport) => void): void {
    this.#report = listener;
  }

  onTrouble(listener: (trouble: OutputTrouble) => void): void {
    this.#trouble = listener;
  }

  release(): void {
    this.releases += 1;
    this.flush();
  }

  #step(ms: number): void {
    if (this.isPaused) return;
    const playedMs = Math.min(ms, this.queuedMs);
    this.queuedMs -= playedMs;
    this.playedMs += playedMs;
    const isSounding = playedMs > 0;
    this.#report({
      playedMs: this.playedMs,
      heardMs: this.playedMs,
      peak: isSounding ? 0.25 : 0,
      soundingMs: playedMs,
    });
  }
}
