import { SampleStream } from './sample-stream.ts';
import type { ToWorklet, WorkletReport } from './worklet-messages.ts';

/** What the audio thread offers; TypeScript's DOM library does not describe it. */
declare const currentTime: number;
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

const REPORT_SECONDS = 0.02;

/** The loudspeaker's end of the player: plays what the page pushes and says how far it is. */
class PlayerProcessor extends AudioWorkletProcessor {
  readonly #stream = new SampleStream(sampleRate);
  #epoch = 0;
  #framesSinceReport = 0;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<ToWorklet>) => this.#receive(data);
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const [first, ...others] = outputs[0] ?? [];
    if (!first) return true;
    this.#stream.render(first);
    for (const other of others) other.set(first);
    this.#framesSinceReport += first.length;
    if (this.#framesSinceReport >= sampleRate * REPORT_SECONDS) this.#report();
    return true;
  }

  #receive(message: ToWorklet): void {
    const stream = this.#stream;
    if (message.kind === 'gain') stream.setGain(message.gain);
    if (message.kind === 'pause') stream.pause();
    if (message.kind === 'resume') stream.resume();
    if (message.kind === 'flush') {
      this.#epoch = message.epoch;
      stream.flush();
    }
    if (message.kind === 'push' && message.epoch === this.#epoch) stream.push(message.samples);
    if (message.kind === 'truncate' && message.epoch === this.#epoch) stream.truncate(message.frame);
  }

  #report(): void {
    const { playedFrames, queuedFrames, peak, soundingFrames } = this.#stream;
    const report: WorkletReport = {
      epoch: this.#epoch,
      playedFrames,
      queuedFrames,
      peak,
      soundingFrames,
      atSeconds: currentTime,
    };
    this.port.postMessage(report);
    this.#framesSinceReport = 0;
    this.#stream.peak = 0;
    this.#stream.soundingFrames = 0;
  }
}

registerProcessor('aside-player', PlayerProcessor);
