import { AsideError } from '../../protocol/errors.ts';
import { HeardPosition } from './heard-position.ts';
import workletUrl from './player-worklet.ts?worker&url';
import { type StallWatch, watchForStall } from './stall-watch.ts';
import type { ToWorklet, WorkletReport } from './worklet-messages.ts';

/** How far one sink is, in frames since its last flush. */
export interface SinkReport {
  readonly playedFrames: number;
  readonly heardFrames: number;
  readonly peak: number;
  readonly soundingFrames: number;
}

export interface SinkEvents {
  onReport(report: SinkReport): void;
  onBlocked(): void;
  onLost(error: AsideError): void;
}

export interface Sink {
  readonly sampleRateHz: number;
  push(samples: Int16Array<ArrayBuffer>): void;
  truncate(frame: number): void;
  flush(): void;
  pause(): void;
  resume(): void;
  setGain(gain: number): void;
  close(): void;
}

/** After a pause the context runs on until the device has played what it holds; then the device is let go. */
const SUSPEND_AFTER_MS = 500;
/** A context that the browser lets run does so within some milliseconds. */
const BLOCKED_AFTER_MS = 800;

/** One audio context with the player in it. It runs at the voice's own rate, so its frames are the engine's frames. */
export class AudioSink implements Sink {
  readonly sampleRateHz: number;
  readonly #events: SinkEvents;
  readonly #context: AudioContext;
  readonly #heard = new HeardPosition();
  readonly #watch: StallWatch;
  #port: MessagePort | null = null;
  /** What is said to the worklet before it is there. */
  #early: ToWorklet[] = [];
  #epoch = 0;
  #isWanted = false;
  #isClosed = false;
  #suspendTimer: ReturnType<typeof setTimeout> | undefined;
  #blockedTimer: ReturnType<typeof setTimeout> | undefined;

  /** Throws what the browser throws when it cannot make an audio context of this rate. */
  constructor(sampleRateHz: number, events: SinkEvents) {
    this.sampleRateHz = sampleRateHz;
    this.#events = events;
    this.#context = new AudioContext({ sampleRate: sampleRateHz, latencyHint: 'interactive' });
    this.#watch = watchForStall(
      () => this.#port !== null && this.#isWanted,
      () => this.#lose('The audio device does not answer.'),
    );
    this.#context.onstatechange = () => {
      if (this.#isWanted && !this.#isClosed && this.#context.state !== 'running') this.#run();
    };
    this.#context.addEventListener('error', () => this.#lose('The audio device is gone.'));
    this.#load().catch((cause: unknown) => this.#lose('The player could not be loaded.', cause));
  }

  push(samples: Int16Array<ArrayBuffer>): void {
    this.#send({ kind: 'push', epoch: this.#epoch, samples });
  }

  truncate(frame: number): void {
    this.#send({ kind: 'truncate', epoch: this.#epoch, frame });
  }

  flush(): void {
    this.#epoch += 1;
    this.#heard.reset();
    this.#send({ kind: 'flush', epoch: this.#epoch });
  }

  pause(): void {
    this.#isWanted = false;
    this.#send({ kind: 'pause' });
    clearTimeout(this.#suspendTimer);
    // Suspending fails only when the context was closed meanwhile.
    this.#suspendTimer = setTimeout(() => void this.#context.suspend().catch(() => {}), SUSPEND_AFTER_MS);
  }

  resume(): void {
    this.#isWanted = true;
    clearTimeout(this.#suspendTimer);
    this.#run();
    this.#send({ kind: 'resume' });
  }

  setGain(gain: number): void {
    this.#send({ kind: 'gain', gain });
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#suspendTimer);
    clearTimeout(this.#blockedTimer);
    this.#watch.stop();
    this.#context.close().catch(() => {}); // the browser closed it before
  }

  async #load(): Promise<void> {
    await this.#context.audioWorklet.addModule(workletUrl);
    if (this.#isClosed) return;
    const node = new AudioWorkletNode(this.#context, 'aside-player', { numberOfInputs: 0, outputChannelCount: [1] });
    node.port.onmessage = ({ data }: MessageEvent<WorkletReport>) => this.#receive(data);
    node.onprocessorerror = () => this.#lose('The player stopped working.');
    node.connect(this.#context.destination);
    this.#port = node.port;
    for (const message of this.#early.splice(0)) this.#send(message);
  }

  #send(message: ToWorklet): void {
    if (this.#port) this.#port.postMessage(message, message.kind === 'push' ? [message.samples.buffer] : []);
    else this.#early.push(message);
  }

  #receive({ epoch, playedFrames, peak, soundingFrames, atSeconds }: WorkletReport): void {
    this.#watch.alive();
    if (epoch !== this.#epoch) return;
    const { baseLatency, outputLatency } = this.#context;
    const heardFrames = this.#heard.advance(playedFrames, atSeconds, (baseLatency || 0) + (outputLatency || 0));
    this.#events.onReport({ playedFrames, heardFrames, peak, soundingFrames });
  }

  #run(): void {
    // Rejects when the context is closed meanwhile; never settles while the browser waits for a click.
    this.#context.resume().catch(() => {});
    clearTimeout(this.#blockedTimer);
    this.#blockedTimer = setTimeout(() => {
      const isBlocked = this.#context.state !== 'running' && navigator.userActivation?.hasBeenActive === false;
      if (isBlocked && this.#isWanted && !this.#isClosed) this.#events.onBlocked();
    }, BLOCKED_AFTER_MS);
  }

  #lose(message: string, cause?: unknown): void {
    if (this.#isClosed) return;
    const remedy = 'Connect headphones or loudspeakers, then press Play.';
    this.#events.onLost(new AsideError('refused', message, { details: { reason: 'audio-device' }, remedy, cause }));
  }
}
