import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppContract } from '../../protocol/contract/app-contract.ts';
import type { Client } from '../../protocol/contract/connect.ts';
import type { AsideError } from '../../protocol/errors.ts';
import type { SteerParams } from '../../protocol/model/play.ts';
import type { AudioOutput, OutputReport, OutputTrouble } from './audio-output.ts';
import { AVERAGE_PACE, type Pace } from './pace.ts';
import { Play } from './play.ts';
import type { Manner, PlayText } from './play-call.ts';
import { IDLE, isActive, nextPlaybackState, type PlaybackEvent, type PlaybackState } from './playback-state.ts';
import type { ReadingPosition } from './reading-progress.ts';
import { isSameSpoken } from './segment-track.ts';
import { addReport, SILENCE, type SoundMeter } from './sound-meter.ts';

export interface PlaybackSnapshot {
  readonly state: PlaybackState;
  /** Of the play that is going on, or of the last one. `spoken` stays the same object while the same is spoken. */
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

/** A slider is moved in many steps; main is told of the last one. */
const STEER_DELAY_MS = 150;
/** A device that is lost again so soon is not there. */
const RECOVERY_HOLDS_MS = 5_000;

/** Reads texts aloud, one at a time: what the buttons do, and what they show. */
export class Playback {
  readonly store: StoreApi<PlaybackSnapshot>;
  readonly #client: Client<AppContract>;
  readonly #output: AudioOutput;
  readonly #events: PlaybackEvents;
  #manner: Manner;
  #pace: Pace = AVERAGE_PACE;
  #play: Play | null = null;
  #steerTimer: ReturnType<typeof setTimeout> | undefined;
  #isMannerSettled = true;
  #lastRecoveryMs = Number.NEGATIVE_INFINITY;

  constructor(client: Client<AppContract>, output: AudioOutput, manner: Manner, events: PlaybackEvents) {
    this.#client = client;
    this.#output = output;
    this.#manner = manner;
    this.#events = events;
    this.store = createStore<PlaybackSnapshot>(() => ({ state: IDLE, position: null, text: null, sound: SILENCE }));
    output.onReport((report) => this.#receiveReport(report));
    output.onTrouble((trouble) => this.#receiveTrouble(trouble));
    output.setVolume(manner.prosody.volume);
  }

  /** Starts reading, in place of what is being read. Call it within the click: a browser lets sound start only there. */
  play(text: PlayText): void {
    this.#end();
    this.#output.flush();
    this.#output.resume();
    const start = { text, manner: this.#manner, pace: this.#pace };
    this.#play = new Play(this.#client, this.#output, start, {
      onEnding: (ending) => {
        this.#dispatch({ kind: 'ending', ending });
        this.#checkDrained();
      },
      onMoved: () => this.#dispatch({ kind: 'moved' }),
      onSteered: () => this.#dispatch({ kind: 'steered' }),
      onRetry: (error) => this.#events.onRetry(error),
      onPosition: () => this.#showPosition(),
    });
    const state = nextPlaybackState(this.#state, { kind: 'play' });
    this.store.setState({ state, text, sound: SILENCE, position: this.#play.position });
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

  /** Silence at once. */
  stop(): void {
    this.#end();
    this.#dispatch({ kind: 'stop' });
  }

  /** Does nothing when nothing is being read; so does `seek`. */
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
    this.#isMannerSettled = false;
    clearTimeout(this.#steerTimer);
    this.#steerTimer = setTimeout(() => {
      this.#isMannerSettled = true;
      this.#play?.handOver(this.#manner);
    }, STEER_DELAY_MS);
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

  /** Lets go of the play and of the sound; the position stays to be looked at. */
  #end(): void {
    if (!this.#play) return;
    this.#pace = this.#play.pace;
    this.#play.close();
    this.#play = null;
    this.#output.flush();
    this.#output.pause();
  }

  #move(aim: (charIndex: number) => SteerParams['from']): void {
    this.#play?.move(aim, this.#manner);
  }

  #receiveReport(report: OutputReport): void {
    const play = this.#play;
    if (!play) return;
    const { playedBeforeMs } = play.heard(report);
    this.store.setState(({ sound }) => ({ sound: addReport(sound, report, playedBeforeMs) }));
    this.#showPosition();
    if (report.playedMs > playedBeforeMs) this.#dispatch({ kind: 'sounded' });
    this.#checkDrained();
    if (this.#isMannerSettled) this.#play?.handOver(this.#manner);
  }

  #showPosition(): void {
    if (!this.#play) return;
    const { position } = this.#play;
    const before = this.store.getState().position?.spoken ?? null;
    const spoken = isSameSpoken(before, position.spoken) ? before : position.spoken;
    this.store.setState({ position: { ...position, spoken } });
  }

  #checkDrained(): void {
    if (this.#play?.isDrained) this.#dispatch({ kind: 'drained' });
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
}
