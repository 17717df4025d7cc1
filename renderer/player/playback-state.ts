import type { AsideError } from '../../protocol/errors.ts';
import type { TextRange } from '../../protocol/model/text-range.ts';

/** Why nothing more comes after what is buffered. `range` is the text that could not be spoken, where it is known. */
export type Ending =
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly error: AsideError; readonly range: TextRange | null };

/** Who stopped the sound: the user, the browser's rule against sound without a click, or an audio device that is gone. */
export type PauseCause = 'user' | 'browser' | 'device';

/**
 * A play from Play to its end.
 *
 *   idle ─play─▶ starting ─sounded─▶ playing ◀─sounded── waiting
 *                    │                  └──────drained─────▲
 *                    └──pause──▶ paused ──resume───────────┘
 *   playing ─drained, with an ending─▶ finished | failed        any ─stop─▶ idle
 */
export type PlaybackState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'starting' | 'playing' | 'waiting'; readonly ending: Ending | null }
  | { readonly phase: 'paused'; readonly ending: Ending | null; readonly cause: PauseCause }
  | { readonly phase: 'finished' }
  | { readonly phase: 'failed'; readonly error: AsideError; readonly range: TextRange | null };

export type PlaybackEvent =
  | { readonly kind: 'play' }
  /** Audio has reached the loudspeaker. */
  | { readonly kind: 'sounded' }
  /** All audio that has come was heard. */
  | { readonly kind: 'drained' }
  | { readonly kind: 'ending'; readonly ending: Ending }
  | { readonly kind: 'pause'; readonly cause: PauseCause }
  | { readonly kind: 'resume' }
  /** The reading goes on somewhere else or in another manner: what was said of its end no longer holds. */
  | { readonly kind: 'steered' }
  /** `steered`, and what was buffered has been dropped. */
  | { readonly kind: 'moved' }
  | { readonly kind: 'stop' };

export const IDLE: PlaybackState = { phase: 'idle' };

/** A play is going on: there is something to pause, to skip in or to stop. */
export function isActive(state: PlaybackState): state is Extract<PlaybackState, { ending: Ending | null }> {
  return 'ending' in state;
}

export function nextPlaybackState(state: PlaybackState, event: PlaybackEvent): PlaybackState {
  if (event.kind === 'play') return { phase: 'starting', ending: null };
  if (event.kind === 'stop') return IDLE;
  if (!isActive(state)) return state;
  switch (event.kind) {
    case 'sounded':
      return state.phase === 'paused' || state.phase === 'playing' ? state : { ...state, phase: 'playing' };
    case 'drained':
      return drained(state);
    case 'ending':
      return { ...state, ending: event.ending };
    case 'pause':
      return { phase: 'paused', ending: state.ending, cause: event.cause };
    case 'resume':
      return state.phase === 'paused' ? { phase: 'waiting', ending: state.ending } : state;
    case 'steered':
      return { ...state, ending: null };
    case 'moved':
      return state.phase === 'paused' ? { ...state, ending: null } : { phase: 'waiting', ending: null };
  }
}

function drained(state: Extract<PlaybackState, { ending: Ending | null }>): PlaybackState {
  if (state.phase === 'paused') return state;
  if (state.ending?.kind === 'end') return { phase: 'finished' };
  if (state.ending) return { phase: 'failed', error: state.ending.error, range: state.ending.range };
  return state.phase === 'playing' ? { phase: 'waiting', ending: null } : state;
}
