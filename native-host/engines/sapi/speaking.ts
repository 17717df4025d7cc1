import { createDeferred } from '../../../protocol/contract/deferred.ts';
import type { Synthesis, SynthesisSink } from '../engine.ts';
import type { BoundaryFinder } from './boundary-finder.ts';
import { notSpoken } from './errors.ts';
import type { SapiRecord } from './records.ts';

/** One utterance under way: takes what SAPI tells of it to the sink, one thing after the other. */
export class Speaking {
  readonly id: number;
  readonly #synthesis: Synthesis;
  readonly #voiceName: string;
  readonly #finder: BoundaryFinder;
  readonly #sink: SynthesisSink;
  readonly #stop: () => void;
  readonly #ended = createDeferred<void>();
  #sampleRateHz = 0;
  #isStopped = false;
  #failure: unknown;

  /** `stop` is called once, when the sink wants no more. */
  constructor(
    id: number,
    synthesis: Synthesis,
    voiceName: string,
    finder: BoundaryFinder,
    sink: SynthesisSink,
    stop: () => void,
  ) {
    this.id = id;
    this.#synthesis = synthesis;
    this.#voiceName = voiceName;
    this.#finder = finder;
    this.#sink = sink;
    this.#stop = stop;
    this.#ended.promise.catch(() => {}); // it may end before anybody waits for it
  }

  /** Resolves when SAPI is done with it. Rejects with what SAPI refused, and with what the sink threw. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Returns a promise where the sink has to be waited for. Never throws, never rejects. */
  take(record: SapiRecord): void | Promise<void> {
    if (record.kind === 'audio') return this.#isStopped ? undefined : this.#takeAudio(record);
    if (record.kind === 'error') this.#fail(notSpoken(this.#voiceName, record));
    else if (record.kind === 'end') this.#end();
    else if (!this.#isStopped) this.#takeBoundary(record);
  }

  /** Tells SAPI to stop; `end` still comes. Idempotent. */
  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#stop();
  }

  async #takeAudio({ sampleRateHz, samples }: Extract<SapiRecord, { kind: 'audio' }>): Promise<void> {
    try {
      if (sampleRateHz !== this.#sampleRateHz) this.#sink.sampleRate(sampleRateHz);
      this.#sampleRateHz = sampleRateHz;
      if (!(await this.#sink.audioLater(samples))) this.stop();
    } catch (error) {
      this.#fail(error);
    }
  }

  #takeBoundary(record: SapiRecord): void {
    if (record.kind === 'viseme' && !this.#synthesis.wantVisemes) return;
    try {
      const boundary = this.#finder.find(record);
      if (boundary) this.#sink.boundary(boundary);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The first failure is the one to tell of. */
  #fail(error: unknown): void {
    this.#failure ??= error;
    this.stop();
  }

  #end(): void {
    if (this.#failure === undefined) this.#ended.resolve();
    else this.#ended.reject(this.#failure);
  }
}
