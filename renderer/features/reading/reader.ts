import type { AsideError } from '../../../protocol/errors.ts';
import type { Playback } from '../../player/playback.ts';
import { isActive, type PlaybackState } from '../../player/playback-state.ts';
import type { TextEditor } from '../editor/text-editor.ts';
import type { Announcer } from '../notices/announcer.ts';
import type { Notices } from '../notices/notices.ts';
import { type ReadingRange, readingRange } from './reading-range.ts';

export interface ReaderParts {
  readonly editor: TextEditor;
  readonly playback: Playback;
  readonly notices: Notices;
  readonly announcer: Announcer;
}

const PLAY_NOTICE = 'play';

/** Reads the editor's text: what Play means here, where the highlight is, and what remains when the reading ends. */
export class Reader {
  readonly #parts: ReaderParts;
  #range: ReadingRange | null = null;
  /** The user has put the cursor somewhere since Play: it is theirs. */
  #isCursorTaken = false;
  #isMovingCursor = false;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
    const { editor, playback } = parts;
    editor.onChange(() => {
      if (!this.#isMovingCursor) this.#isCursorTaken = true;
    });
    playback.store.subscribe((now, before) => {
      if (now.position?.spoken !== before.position?.spoken) this.#showSpoken();
      if (now.state !== before.state) this.#stateChanged(now.state, before.state);
    });
  }

  /** Call within the click: a browser lets sound start only there. */
  playPause(): void {
    const { playback } = this.#parts;
    const { state } = playback.store.getState();
    if (state.phase === 'paused') playback.resume();
    else if (isActive(state)) playback.pause();
    else this.#play(false);
  }

  playFromBeginning(): void {
    this.#play(true);
  }

  stop(): void {
    this.#parts.playback.stop();
  }

  skip(sentence: 'next' | 'previous'): void {
    this.#parts.playback.skip(sentence);
    this.#parts.editor.follower.goToWord();
  }

  /** While something is read: goes on there. Otherwise: puts the cursor there. `share` is of the text, 0 to 1. */
  goTo(share: number): void {
    const { playback, editor } = this.#parts;
    if (isActive(playback.store.getState().state) && this.#range) {
      const { startIndex, endIndex } = this.#range;
      playback.seek(startIndex + Math.floor(share * (endIndex - startIndex)));
      editor.follower.goToWord();
      return;
    }
    editor.moveCursor(Math.floor(share * editor.store.getState().length));
    editor.scrollToCursor();
  }

  /** Where the next run should go on: at the cursor, or at what is being read when the cursor was left alone. */
  get placeToKeep(): number {
    return this.#heardPlace() ?? this.#parts.editor.store.getState().cursor;
  }

  #play(fromBeginning: boolean): void {
    const { editor, playback, notices } = this.#parts;
    const text = editor.text();
    const { selection, cursor } = editor.store.getState();
    const range = fromBeginning ? readingRange(text, null, 0) : readingRange(text, selection, cursor);
    notices.dismiss(PLAY_NOTICE);
    if (!range) {
      editor.focus();
      const detail = 'Type or paste a text, or open a file.';
      notices.show({ key: PLAY_NOTICE, intent: 'info', title: 'There is nothing to read yet', detail, lastsMs: 6_000 });
      return;
    }
    this.#range = null; // what is being read makes way, and leaves the cursor alone
    playback.stop();
    editor.beginPlay();
    this.#range = range;
    this.#isCursorTaken = false;
    const { startIndex, endIndex, fromIndex } = range;
    playback.play({ text, startIndex, endIndex, fromIndex });
  }

  #showSpoken(): void {
    const { editor, playback } = this.#parts;
    const { state, position } = playback.store.getState();
    const spoken = position?.spoken;
    if (isActive(state)) editor.showSpoken({ word: spoken?.word ?? null, sentence: spoken?.sentence ?? null });
  }

  #stateChanged(now: PlaybackState, before: PlaybackState): void {
    this.#announce(now, before);
    if (isActive(now) || !isActive(before)) return;
    if (now.phase === 'failed') this.#failed(now.error, now.range);
    else if (now.phase === 'idle') this.#leaveCursorAtHeard();
    this.#parts.editor.endPlay();
    this.#range = null;
  }

  #failed(error: AsideError, range: { charIndex: number; charLength: number } | null): void {
    const { editor, notices } = this.#parts;
    if (error.code !== 'disconnected') notices.problem(PLAY_NOTICE, error); // of that there is a banner
    const failed = range && editor.locate(range);
    if (failed) editor.select(failed);
    else this.#leaveCursorAtHeard();
  }

  /** After Stop the next Play goes on where the ear was, unless the user has put the cursor elsewhere. */
  #leaveCursorAtHeard(): void {
    const place = this.#heardPlace();
    if (place === null) return;
    this.#isMovingCursor = true;
    this.#parts.editor.moveCursor(place);
    this.#isMovingCursor = false;
  }

  #heardPlace(): number | null {
    const { playback, editor } = this.#parts;
    const { position } = playback.store.getState();
    if (!this.#range || this.#range.isSelection || this.#isCursorTaken || !position) return null;
    const { word, sentence } = position.spoken ?? { word: null, sentence: null };
    const heard = word ?? sentence;
    return heard ? (editor.locate(heard)?.from ?? null) : null;
  }

  #announce(now: PlaybackState, before: PlaybackState): void {
    const { announcer } = this.#parts;
    if (now.phase === before.phase) return; // it is only known by now how the reading will end
    if (now.phase === 'finished') announcer.say('Finished');
    if (now.phase === 'idle' && isActive(before)) announcer.say('Stopped');
    if (now.phase === 'paused' && now.cause === 'user') announcer.say('Paused');
    if (now.phase === 'starting') announcer.say('Reading');
    if (before.phase === 'paused' && isActive(now) && now.phase !== 'paused') announcer.say('Reading');
  }
}
