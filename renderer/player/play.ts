import type { AppContract } from '../../protocol/contract/app-contract.ts';
import type { Client } from '../../protocol/contract/connect.ts';
import { type AsideError, fromWireError } from '../../protocol/errors.ts';
import { pcmDurationMs } from '../../protocol/model/pcm.ts';
import type { PlayItem, SteerParams } from '../../protocol/model/play.ts';
import { asAsideError } from '../as-aside-error.ts';
import type { AudioOutput, OutputReport } from './audio-output.ts';
import type { Pace } from './pace.ts';
import { isSameSpeech, type Manner, PlayCall, type PlayText } from './play-call.ts';
import type { Ending } from './playback-state.ts';
import { type ReadingPosition, ReadingProgress } from './reading-progress.ts';
import { toSamples } from './to-samples.ts';

export interface PlayEvents {
  onEnding(ending: Ending): void;
  /** What was buffered has been dropped; the reading goes on elsewhere. */
  onMoved(): void;
  /** The reading goes on in another manner, after what is still buffered. */
  onSteered(): void;
  /** A host died and was replaced; the reading goes on. */
  onRetry(error: AsideError): void;
  /** The position changed although nothing was heard: a skip in a pause. */
  onPosition(): void;
}

/** Time for a hand-over to get to the audio thread before its moment. */
const HANDOVER_MARGIN_MS = 120;
const ROUNDING_MS = 0.5;
const NOTHING_HEARD: OutputReport = { playedMs: 0, heardMs: 0, peak: 0, soundingMs: 0 };

/**
 * One reading of one text: takes what main sends, puts it into the output, and knows where the ear is. Every change of
 * course goes through `speech.steer`: `move` drops what is buffered and goes on elsewhere at once, `handOver` lets
 * another voice, rate or pitch take over at the end of the sentence that is being heard.
 */
export class Play {
  readonly text: PlayText;
  readonly #output: AudioOutput;
  readonly #events: PlayEvents;
  readonly #call: PlayCall;
  readonly #progress: ReadingProgress;
  #report = NOTHING_HEARD;
  /** Where the present generation begins, in the output's time. */
  #generationStartMs = 0;
  /** Skips wait for each other: each starts where the one before it led. */
  #moves: Promise<void> = Promise.resolve();
  #isMoving = false;
  #isClosed = false;

  constructor(client: Client<AppContract>, output: AudioOutput, start: PlayStart, events: PlayEvents) {
    const { text, manner, pace } = start;
    this.text = text;
    this.#output = output;
    this.#events = events;
    this.#progress = new ReadingProgress(text.fromIndex, text.endIndex, pace, manner.prosody.rate);
    this.#call = new PlayCall(client, text, manner, {
      onItem: (item) => this.#receive(item),
      onBroken: (error) => this.#fail(error),
    });
  }

  get position(): ReadingPosition {
    return this.#progress.at(this.#report.heardMs);
  }

  /** What was measured of the voice, for the next play. */
  get pace(): Pace {
    return this.#progress.pace;
  }

  /** Everything that has come was heard. */
  get isDrained(): boolean {
    return this.#report.heardMs >= this.#progress.bufferedUntilMs - ROUNDING_MS;
  }

  /** Takes note of how far the sound is. Returns how far it was before. */
  heard(report: OutputReport): { playedBeforeMs: number } {
    const playedBeforeMs = this.#report.playedMs;
    this.#report = report;
    this.#call.playedTo(Math.max(0, report.playedMs - this.#generationStartMs));
    this.#progress.heardTo(this.position, report.heardMs);
    return { playedBeforeMs };
  }

  /** @param aim where to go on, from where the ear is when this move's turn comes */
  move(aim: (charIndex: number) => SteerParams['from'], manner: Manner): void {
    this.#moves = this.#moves.then(async () => {
      if (this.#isClosed) return;
      const from = aim(this.position.charIndex);
      this.#output.flush();
      this.#report = NOTHING_HEARD;
      this.#generationStartMs = 0;
      this.#progress.restart(from.charIndex);
      this.#events.onMoved();
      this.#isMoving = true;
      await this.#steer(from, manner);
      this.#isMoving = false;
    });
  }

  /** Where the reading can change to `manner` now, it does. To be tried again until it can. */
  handOver(manner: Manner): void {
    if (this.#isMoving || isSameSpeech(this.#call.manner, manner)) return;
    if (this.#progress.bufferedUntilMs === 0) {
      this.move((charIndex) => ({ charIndex, sentence: null }), manner);
      return;
    }
    const cut = this.#progress.nextCut(this.#report.playedMs + HANDOVER_MARGIN_MS);
    if (!cut || cut.charIndex >= this.text.endIndex) return;
    this.#output.truncate(cut.atMs);
    this.#progress.truncate(cut);
    this.#generationStartMs = cut.atMs;
    this.#events.onSteered();
    void this.#steer({ charIndex: cut.charIndex, sentence: null }, manner);
  }

  /** Ends the call; nothing is told any more. */
  close(): void {
    this.#isClosed = true;
    this.#call.close();
  }

  #receive(item: PlayItem): void {
    if (this.#isClosed) return;
    if (item.kind === 'segment') this.#progress.beginSegment(item);
    if (item.kind === 'boundaries') this.#progress.addBoundaries(item.boundaries);
    if (item.kind === 'segment' || item.kind === 'boundaries') this.#events.onPosition();
    if (item.kind === 'audio') {
      this.#progress.addAudio(pcmDurationMs(item.pcm.byteLength, item.sampleRateHz));
      this.#output.push(toSamples(item.pcm), item.sampleRateHz);
    }
    if (item.kind === 'segment-end') this.#progress.endSegment();
    if (item.kind === 'retry') this.#events.onRetry(fromWireError(item.error));
    if (item.kind === 'end') this.#events.onEnding({ kind: 'end' });
    if (item.kind === 'failed') this.#fail(fromWireError(item.error), item.range);
  }

  async #steer(from: SteerParams['from'], manner: Manner): Promise<void> {
    this.#progress.changeManner(manner.prosody.rate, this.#call.manner.voiceId !== manner.voiceId);
    const answer = this.#call.steer(from, manner);
    const { generation } = this.#call;
    const isOver = (): boolean => this.#isClosed || this.#call.generation !== generation;
    try {
      const charIndex = await answer;
      if (isOver()) return;
      this.#progress.arriveAt(charIndex);
      this.#events.onPosition();
    } catch (error) {
      if (!isOver()) this.#fail(asAsideError(error));
    }
  }

  #fail(error: AsideError, range: { charIndex: number; charLength: number } | null = null): void {
    if (!this.#isClosed) this.#events.onEnding({ kind: 'failed', error, range });
  }
}

export interface PlayStart {
  readonly text: PlayText;
  readonly manner: Manner;
  readonly pace: Pace;
}
