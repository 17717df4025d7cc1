import type { HostContract } from '../../protocol/contract/host-contract.ts';
import { AsideError, isAsideError, toWireError } from '../../protocol/errors.ts';
import type { PlayItem, PlayParams, SteerParams } from '../../protocol/model/play.ts';
import type { Voice } from '../../protocol/model/voice.ts';
import type { HostPool } from '../hosts/host-pool.ts';
import { CreditGate } from './credit-gate.ts';
import { LISTENING, type Segment, segmentsOf } from './segments.ts';
import { sentenceAt } from './sentences.ts';
import { speakSegment } from './speak-segment.ts';

export interface PlayDependencies {
  /** Rejects with `voice-not-found`. */
  resolveVoice(voiceId: string | null): Promise<Voice>;
  poolOf(voice: Voice): HostPool<HostContract>;
  emit(item: PlayItem): void;
}

/** One way of reading on: from a place, in a manner. A steer ends it and begins the next. */
interface Generation {
  readonly number: number;
  readonly gate: CreditGate;
  readonly abort: AbortController;
}

/**
 * One reading of one text (see protocol/model/play.ts). Segments are spoken one after the other, as far ahead as the
 * page's credit goes. It ends only by `close`: after the last segment the page may still skip back.
 */
export class Play {
  readonly #params: PlayParams;
  readonly #dependencies: PlayDependencies;
  #generation: Generation | undefined;
  #language = 'und';

  constructor(params: PlayParams, dependencies: PlayDependencies) {
    this.#params = params;
    this.#dependencies = dependencies;
  }

  start(): void {
    this.#begin(this.#params, this.#params.startIndex);
  }

  /** Goes on at another place or in another manner. Returns where. */
  steer(params: SteerParams): { charIndex: number } {
    const charIndex = this.#target(params.from);
    this.#begin(params, charIndex);
    return { charIndex };
  }

  /** Budget for the present generation: the page grants in order, so it means the one that it began last. */
  credit(bytes: number): void {
    this.#generation?.gate.grant(bytes);
  }

  close(): void {
    this.#generation?.abort.abort(superseded());
    this.#generation = undefined;
  }

  #target(from: SteerParams['from']): number {
    const { text, startIndex, endIndex } = this.#params;
    const at = Math.min(Math.max(from.charIndex, startIndex), endIndex);
    if (from.sentence === null) return at;
    const here = sentenceAt(text, at, this.#language);
    if (from.sentence === 'next') return Math.min(here.charIndex + here.charLength, endIndex);
    if (from.sentence === 'this' || here.charIndex <= startIndex) return Math.max(here.charIndex, startIndex);
    return Math.max(sentenceAt(text, here.charIndex - 1, this.#language).charIndex, startIndex);
  }

  #begin(manner: PlayParams | SteerParams, charIndex: number): void {
    this.#generation?.abort.abort(superseded());
    const generation = {
      number: manner.generation,
      gate: new CreditGate(manner.creditBytes),
      abort: new AbortController(),
    };
    this.#generation = generation;
    void this.#run(generation, manner, charIndex);
  }

  /** Never rejects: what goes wrong is told as `failed`, since audio from before it may still be playing. */
  async #run(generation: Generation, manner: PlayParams | SteerParams, charIndex: number): Promise<void> {
    const { number, abort } = generation;
    const emit = (item: PlayItem): void => {
      if (!abort.signal.aborted) this.#dependencies.emit(item);
    };
    let range = { charIndex, charLength: this.#params.endIndex - charIndex };
    try {
      const voice = await this.#dependencies.resolveVoice(manner.voiceId);
      this.#language = voice.language;
      const span = { startIndex: charIndex, endIndex: this.#params.endIndex };
      for (const segment of segmentsOf(this.#params.text, span, voice.language, LISTENING)) {
        range = { charIndex: segment.charIndex, charLength: segment.charLength };
        await this.#speak(generation, manner, voice, segment, emit);
        if (abort.signal.aborted) return;
      }
      emit({ kind: 'end', generation: number });
    } catch (error) {
      if (isAsideError(error, 'request-cancelled') && abort.signal.aborted) return;
      emit({ kind: 'failed', generation: number, range, error: toWireError(error) });
    }
  }

  async #speak(
    generation: Generation,
    manner: PlayParams | SteerParams,
    voice: Voice,
    segment: Segment,
    emit: (item: PlayItem) => void,
  ): Promise<void> {
    const { gate, abort } = generation;
    await gate.wait(abort.signal);
    const inSegment = { generation: generation.number, segment: segment.index };
    const { charIndex, charLength } = segment;
    const sentences = [...segment.sentences];
    emit({ kind: 'segment', ...inSegment, range: { charIndex, charLength }, sentences, voiceId: voice.id });
    await speakSegment(
      {
        pool: this.#dependencies.poolOf(voice),
        text: this.#params.text,
        segment,
        voiceId: voice.id,
        prosody: manner.prosody,
        gate,
        signal: abort.signal,
      },
      {
        boundaries: (boundaries) => emit({ kind: 'boundaries', ...inSegment, boundaries }),
        audio: (pcm, sampleRateHz) => emit({ kind: 'audio', ...inSegment, sampleRateHz, pcm }),
        retry: (error) => emit({ kind: 'retry', ...inSegment, error }),
      },
    );
    emit({ kind: 'segment-end', ...inSegment });
  }
}

function superseded(): AsideError {
  return new AsideError('request-cancelled', 'The play was steered or ended', { details: { request: 'speech.play' } });
}
