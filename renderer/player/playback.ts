import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppContract } from '../../protocol/contract/app-contract.ts';
import type { Client } from '../../protocol/contract/connect.ts';
import { type AsideError, fromWireError } from '../../protocol/errors.ts';
import { pcmDurationMs } from '../../protocol/model/pcm.ts';
import type { PlayItem, SteerParams } from '../../protocol/model/play.ts';
import { asAsideError } from '../as-aside-error.ts';
import type { AudioOutput, OutputReport, OutputTrouble } from './audio-output.ts';
import { AVERAGE_PACE, type Pace } from './pace.ts';
import { isSameSpeech, type Manner, PlayCall, type PlayText } from './play-call.ts';
import { IDLE, isActive, nextPlaybackState, type PlaybackEvent, type PlaybackState } from './playback-state.ts';
import { type ReadingPosition, ReadingProgress } from './reading-progress.ts';
import { addReport, SILENCE, type SoundMeter } from './sound-meter.ts';
import { toSamples } from './to-samples.ts';

export interface PlaybackSnapshot {
  readonly state: PlaybackState;
  /** Of the play that is going on, or of the last one. */
  readonly position: ReadingPosition | null;
  readonly text: PlayText | null;
  readonly sound: SoundMeter;
}

export interface PlaybackEvents {
  /** A host died and was replaced; the reading goes on. */
  onRetry(error: AsideError): void;
  /** The sound stopped for a reason that the user can do something about. */
  onSoundTrouble(trouble: OutputTrouble): void;
}

interface Play {
  readonly text: PlayText;
  readonly call: PlayCall;
  readonly progress: ReadingProgress;
  /** Where the present generation begins, in the output's time. */
  generationStartMs: number;
  isMoving: boolean;
}

/** Time for a hand-over to get to the audio thread before its moment. */
const HANDOVER_MARGIN_MS = 120;
/** A slider is moved in many steps; main is told of the last one. */
const STEER_DELAY_MS = 150;
/** A device that is lost again so soon is not there. */
const RECOVERY_HOLDS_MS = 5_000;
const ROUNDING_MS = 0.5;

/**
 * Reads a text aloud: orders speech from main, puts it into the output, and says what is heard when. It owns the clock
 * of the play. Every change of course goes through `speech.steer`:
 *
 * - skip and seek drop what is buffered and go on elsewhere, at once;
 * - another voice, rate or pitch takes over at the end of the sentence that is being heard.
 */
export class Playback {
  readonly store: StoreApi<PlaybackSnapshot>;
  readonly #client: Client<AppContract>;
  readonly #output: AudioOutput;
  readonly #events: PlaybackEvents;
  #manner: Manner;
  #pace: Pace = AVERAGE_PACE;
  #play: Play | null = null;
  #report: OutputReport = { playedMs: 0, heardMs: 0, peak: 0, soundingMs: 0 };
  /** Skips wait for each other: each starts where the one before it led. */
  #moves: Promise<void> = Promise.resolve();
  #steerTimer: ReturnType<typeof setTimeout> | undefined;
  #lastRecoveryMs = Number.NEGATIVE_INFINITY;

  constructor(client: Client<AppContract>, output: AudioOutput, manner: Manner, events: PlaybackEvents) {
    this.#client = client;
    this.#output = output;
    this.#manner = manner;
    this.#events = events;
    this.store = createStore(() => ({ state: IDLE, position: null, text: null, sound: SILENCE }) as PlaybackSnapshot);
    output.onReport((report) => this.#receiveReport(report));
    output.onTrouble((trouble) => this.#receiveTrouble(trouble));
    output.setVolume(manner.prosody.volume);
  }

  /** Starts reading, in place of what is being read. Call it within the click: a browser lets sound start only there. */
  play(text: PlayText): void {
    this.#end();
    this.#output.flush();
    this.#output.resume();
    const { rate } = this.#manner.prosody;
    const play: Play = {
      text,
      progress: new ReadingProgress(text.fromIndex, text.endIndex, this.#pace, rate),
      call: new PlayCall(this.#client, text, this.#manner, {
        onItem: (item) => this.#play === play && this.#receiveItem(play, item),
        onBroken: (error) => this.#play === play && this.#endWith({ kind: 'failed', error, range: null }),
      }),
      generationStartMs: 0,
      isMoving: false,
    };
    this.#play = play;
    this.#resetReport();
    const state = nextPlaybackState(this.#state, { kind: 'play' });
    this.store.setState({ state, text, sound: SILENCE, position: play.progress.at(0) });
  }

  pause(): void {
    if (!isActive(this.#state)) return;
    this.#output.pause();
    this.#dispatch({ kind: 'pause', cause: 'user' });
  }

  /** Call it within the click, like `play`. */
  resume(): void {
    if (this.#state.phase !== 'paused') return;
    const wasLost = this.#state.cause === 'device';
    this.#dispatch({ kind: 'resume' });
    if (wasLost) this.#recover();
    else this.#output.resume();
    this.#checkDrained();
  }

  /** Silence at once. Does nothing when nothing is being read. */
  stop(): void {
    this.#end();
    this.#dispatch({ kind: 'stop' });
  }

  skip(sentence: 'next' | 'previous'): void {
    this.#move((charIndex) => ({ charIndex, sentence }));
  }

  /** Goes on with the sentence at `charIndex`. */
  seek(charIndex: number): void {
    this.#move(() => ({ charIndex, sentence: 'this' }));
  }

  /** Volume applies at once, the rest from the next sentence on. */
  setManner(manner: Manner): void {
    this.#manner = manner;
    this.#output.setVolume(manner.prosody.volume);
    clearTimeout(this.#steerTimer);
    this.#steerTimer = setTimeout(() => this.#handOver(), STEER_DELAY_MS);
  }

  get #state(): PlaybackState {
    return this.store.getState().state;
  }

  #dispatch(event: PlaybackEvent): void {
    const state = nextPlaybackState(this.#state, event);
    if (state === this.#state) return;
    this.store.setState({ state });
    if (state.phase === 'finished' || state.phase === 'failed') this.#end();
  }

  /** Lets go of the call and of the sound; the position stays to be looked at. */
  #end(): void {
    if (!this.#play) return;
    this.#pace = this.#play.progress.pace;
    this.#play.call.close();
    this.#play = null;
    this.#output.flush();
    this.#output.pause();
  }

  #endWith(ending: Extract<PlaybackEvent, { kind: 'ending' }>['ending']): void {
    this.#dispatch({ kind: 'ending', ending });
    this.#checkDrained();
  }

  #receiveItem(play: Play, item: PlayItem): void {
    const { progress } = play;
    if (item.kind === 'segment') progress.beginSegment(item);
    if (item.kind === 'boundaries') progress.addBoundaries(item.boundaries);
    // In a pause nothing is reported, and still the place that was skipped to is to be seen.
    if (item.kind === 'segment' || item.kind === 'boundaries') this.#showPosition(play);
    if (item.kind === 'audio') {
      progress.addAudio(pcmDurationMs(item.pcm.byteLength, item.sampleRateHz));
      this.#output.push(toSamples(item.pcm), item.sampleRateHz);
    }
    if (item.kind === 'segment-end') progress.endSegment();
    if (item.kind === 'retry') this.#events.onRetry(fromWireError(item.error));
    if (item.kind === 'end') this.#endWith({ kind: 'end' });
    if (item.kind === 'failed') {
      this.#endWith({ kind: 'failed', error: fromWireError(item.error), range: item.range });
    }
  }

  #receiveReport(report: OutputReport): void {
    const play = this.#play;
    if (!play) return;
    const hasMoved = report.playedMs > this.#report.playedMs;
    const sound = addReport(this.store.getState().sound, report, this.#report.playedMs);
    this.#report = report;
    play.call.playedTo(Math.max(0, report.playedMs - play.generationStartMs));
    const position = play.progress.at(report.heardMs);
    play.progress.heardTo(position, report.heardMs);
    this.store.setState({ sound, position });
    if (hasMoved) this.#dispatch({ kind: 'sounded' });
    this.#checkDrained();
    this.#handOver();
  }

  #checkDrained(): void {
    const { progress } = this.#play ?? {};
    if (progress && this.#report.heardMs >= progress.bufferedUntilMs - ROUNDING_MS) this.#dispatch({ kind: 'drained' });
  }

  #move(aim: (charIndex: number) => SteerParams['from']): void {
    const play = this.#play;
    if (!play) return;
    this.#moves = this.#moves.then(async () => {
      if (this.#play !== play) return;
      const from = aim(play.progress.at(this.#report.heardMs).charIndex);
      this.#output.flush();
      play.progress.restart();
      play.progress.arriveAt(from.charIndex);
      play.generationStartMs = 0;
      this.#resetReport();
      this.#dispatch({ kind: 'moved' });
      play.isMoving = true;
      await this.#steer(play, from);
      play.isMoving = false;
    });
  }

  /** Where the reading can change its manner now, it does. Tried again with every report until it can. */
  #handOver(): void {
    const play = this.#play;
    if (!play || play.isMoving || isSameSpeech(play.call.manner, this.#manner)) return;
    if (play.progress.bufferedUntilMs === 0) {
      this.#move((charIndex) => ({ charIndex, sentence: null }));
      return;
    }
    const cut = play.progress.nextCut(this.#report.playedMs + HANDOVER_MARGIN_MS);
    if (!cut || cut.charIndex >= play.text.endIndex) return;
    this.#output.truncate(cut.atMs);
    play.progress.truncate(cut);
    play.generationStartMs = cut.atMs;
    this.#dispatch({ kind: 'steered' });
    void this.#steer(play, { charIndex: cut.charIndex, sentence: null });
  }

  async #steer(play: Play, from: SteerParams['from']): Promise<void> {
    play.progress.changeManner(this.#manner.prosody.rate, play.call.manner.voiceId !== this.#manner.voiceId);
    const answer = play.call.steer(from, this.#manner);
    const { generation } = play.call;
    try {
      const charIndex = await answer;
      if (this.#play !== play || play.call.generation !== generation) return;
      play.progress.arriveAt(charIndex);
      this.#showPosition(play);
    } catch (error) {
      if (this.#play !== play || play.call.generation !== generation) return;
      this.#endWith({ kind: 'failed', error: asAsideError(error), range: null });
    }
  }

  #receiveTrouble(trouble: OutputTrouble): void {
    if (!isActive(this.#state) || this.#state.phase === 'paused') return;
    if (trouble.kind === 'lost' && performance.now() - this.#lastRecoveryMs > RECOVERY_HOLDS_MS) {
      this.#recover();
      return;
    }
    this.#output.pause();
    this.#dispatch({ kind: 'pause', cause: trouble.kind === 'blocked' ? 'browser' : 'device' });
    this.#events.onSoundTrouble(trouble);
  }

  /** Opens the device anew and orders again from the word that was heard last: what the lost one held is gone. */
  #recover(): void {
    this.#lastRecoveryMs = performance.now();
    this.#move((charIndex) => ({ charIndex, sentence: null }));
    this.#output.release();
    this.#output.resume();
  }

  #showPosition(play: Play): void {
    this.store.setState({ position: play.progress.at(this.#report.heardMs) });
  }

  #resetReport(): void {
    this.#report = { playedMs: 0, heardMs: 0, peak: 0, soundingMs: 0 };
  }
}
