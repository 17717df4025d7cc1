import { AsideError } from '../../protocol/errors.ts';
import type { AudioOutput, OutputReport, OutputTrouble } from './audio-output.ts';
import { AudioSink, type Sink, type SinkEvents, type SinkReport } from './audio-sink.ts';

interface Chunk {
  readonly samples: Int16Array<ArrayBuffer>;
  readonly sampleRateHz: number;
}

/** The rate of most voices; the context is opened before the first audio says which it is. */
const LIKELY_RATE_HZ = 22_050;

/** The player's output: one audio context at a time, another one when a voice of another rate comes. */
export class WebAudioOutput implements AudioOutput {
  readonly #openSink: (sampleRateHz: number, events: SinkEvents) => Sink;
  #sink: Sink | null = null;
  /** Audio before the first frame of the present sink, and frames given to it, since the last flush. */
  #sinkStartMs = 0;
  #pushedFrames = 0;
  /** For the next sink, until the present one has played everything. */
  #waiting: Chunk[] = [];
  #isPaused = true;
  #gain = 1;
  #report: (report: OutputReport) => void = () => {};
  #trouble: (trouble: OutputTrouble) => void = () => {};

  constructor(
    openSink: (sampleRateHz: number, events: SinkEvents) => Sink = (rate, events) => new AudioSink(rate, events),
  ) {
    this.#openSink = openSink;
  }

  onReport(listener: (report: OutputReport) => void): void {
    this.#report = listener;
  }

  onTrouble(listener: (trouble: OutputTrouble) => void): void {
    this.#trouble = listener;
  }

  push(samples: Int16Array<ArrayBuffer>, sampleRateHz: number): void {
    if (this.#pushedFrames === 0 && this.#sink?.sampleRateHz !== sampleRateHz) this.#open(sampleRateHz);
    if (this.#waiting.length > 0 || this.#sink?.sampleRateHz !== sampleRateHz) {
      this.#waiting.push({ samples, sampleRateHz });
      return;
    }
    this.#pushedFrames += samples.length;
    this.#sink.push(samples);
  }

  truncate(atMs: number): void {
    if (!this.#sink) return;
    const frame = toFrames(atMs - this.#sinkStartMs, this.#sink.sampleRateHz);
    if (frame < this.#pushedFrames) {
      this.#sink.truncate(frame);
      this.#pushedFrames = frame;
    }
    let startMs = this.#sinkStartMs + toMs(this.#pushedFrames, this.#sink.sampleRateHz);
    this.#waiting = this.#waiting.flatMap(({ samples, sampleRateHz }) => {
      const kept = samples.slice(0, Math.max(0, toFrames(atMs - startMs, sampleRateHz)));
      startMs += toMs(samples.length, sampleRateHz);
      return kept.length > 0 ? [{ samples: kept, sampleRateHz }] : [];
    });
  }

  flush(): void {
    this.#waiting = [];
    this.#sinkStartMs = 0;
    this.#pushedFrames = 0;
    this.#sink?.flush();
  }

  pause(): void {
    this.#isPaused = true;
    this.#sink?.pause();
  }

  resume(): void {
    this.#isPaused = false;
    if (this.#sink) this.#sink.resume();
    else this.#open(LIKELY_RATE_HZ);
  }

  setVolume(percent: number): void {
    this.#gain = percent / 100;
    this.#sink?.setGain(this.#gain);
  }

  release(): void {
    this.#sink?.close();
    this.#sink = null;
    this.flush();
  }

  #open(sampleRateHz: number): void {
    this.#sink?.close();
    this.#sink = null;
    const sink = this.#tryToOpen(sampleRateHz);
    if (!sink) return;
    this.#sink = sink;
    sink.setGain(this.#gain);
    if (this.#isPaused) sink.pause();
    else sink.resume();
  }

  #tryToOpen(sampleRateHz: number): Sink | null {
    try {
      const sink: Sink = this.#openSink(sampleRateHz, {
        onReport: (report) => this.#sink === sink && this.#receive(report, sampleRateHz),
        onBlocked: () => this.#sink === sink && this.#trouble({ kind: 'blocked' }),
        onLost: (error) => this.#sink === sink && this.#trouble({ kind: 'lost', error }),
      });
      return sink;
    } catch (cause) {
      const error = new AsideError('refused', `The audio device cannot play at ${sampleRateHz} Hz.`, {
        details: { reason: 'audio-device' },
        remedy: 'Choose another voice, or another audio device, then press Play.',
        cause,
      });
      queueMicrotask(() => this.#trouble({ kind: 'lost', error }));
      return null;
    }
  }

  #receive({ playedFrames, heardFrames, peak, soundingFrames }: SinkReport, sampleRateHz: number): void {
    this.#report({
      playedMs: this.#sinkStartMs + toMs(playedFrames, sampleRateHz),
      heardMs: this.#sinkStartMs + toMs(heardFrames, sampleRateHz),
      peak,
      soundingMs: toMs(soundingFrames, sampleRateHz),
    });
    if (this.#waiting.length > 0 && heardFrames >= this.#pushedFrames) this.#changeSink();
  }

  #changeSink(): void {
    const [first] = this.#waiting;
    if (!first || !this.#sink) return;
    this.#sinkStartMs += toMs(this.#pushedFrames, this.#sink.sampleRateHz);
    this.#pushedFrames = 0;
    const chunks = this.#waiting;
    this.#waiting = [];
    for (const { samples, sampleRateHz } of chunks) this.push(samples, sampleRateHz);
  }
}

function toMs(frames: number, sampleRateHz: number): number {
  return (frames / sampleRateHz) * 1000;
}

function toFrames(ms: number, sampleRateHz: number): number {
  return Math.max(0, Math.round((ms / 1000) * sampleRateHz));
}
