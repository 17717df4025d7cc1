import { defaultKeymap, history, historyKeymap, isolateHistory, undo } from '@codemirror/commands';
import { openSearchPanel, search, searchKeymap } from '@codemirror/search';
import { EditorSelection, EditorState, Transaction } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TextRange } from '../../../protocol/model/text-range.ts';
import { documentName } from './document-name.ts';
import { SpokenFollower } from './follow-spoken.ts';
import { type EditorRange, type SpokenRanges, spokenHighlight } from './spoken-highlight.ts';

/** What the rest of the page shows of the editor. */
export interface EditorInfo {
  readonly length: number;
  readonly name: string;
  /** Where the cursor is, or the end of the selection that moves. */
  readonly cursor: number;
  readonly selection: EditorRange | null;
  /** The text is no longer the one that is being read. */
  readonly isEditedSincePlay: boolean;
}

/** CodeMirror's search panel as the rest of the page is worded. */
const SEARCH_PHRASES = {
  next: 'Next',
  previous: 'Previous',
  all: 'Select all',
  'match case': 'Match case',
  regexp: 'Pattern',
  'by word': 'Whole words',
  replace: 'Replace',
  'replace all': 'Replace all',
};

/** The text. Positions are UTF-16 units, lines end in `\n`. */
export class TextEditor {
  readonly view: EditorView;
  readonly follower: SpokenFollower;
  readonly store: StoreApi<EditorInfo>;
  readonly #changeListeners: (() => void)[] = [];

  /** @param nonce allows the styles that CodeMirror makes; see csp-nonce.ts */
  constructor(nonce: string) {
    this.view = new EditorView({
      state: EditorState.create({
        extensions: [
          EditorView.cspNonce.of(nonce),
          EditorView.lineWrapping,
          EditorView.perLineTextDirection.of(true),
          EditorView.contentAttributes.of({
            'aria-label': 'Text to read aloud',
            spellcheck: 'false',
            tabindex: '0',
          }),
          history(),
          search({ top: true }),
          EditorState.phrases.of(SEARCH_PHRASES),
          keymap.of([...searchKeymap, ...historyKeymap, ...defaultKeymap]),
          documentName.extension,
          spokenHighlight.extension,
          EditorView.updateListener.of((update) => {
            if (update.docChanged && update.transactions.some((each) => each.isUserEvent('input'))) {
              this.follower.typed();
            }
            this.#publish();
            if (update.docChanged || update.selectionSet) for (const listener of this.#changeListeners) listener();
          }),
        ],
      }),
    });
    this.follower = new SpokenFollower(this.view);
    this.store = createStore(() => this.#info());
  }

  /** Called after each change of the text or of the cursor. */
  onChange(listener: () => void): void {
    this.#changeListeners.push(listener);
  }

  /** Costs some milliseconds for a very long text. */
  text(): string {
    return this.view.state.doc.toString();
  }

  /** The text that was there at the last run. Not a step that could be undone. */
  load(text: string, name: string, charIndex: number): void {
    this.view.dispatch({
      changes: { from: 0, to: this.view.state.doc.length, insert: text },
      effects: documentName.set(name),
      annotations: Transaction.addToHistory.of(false),
    });
    const cursor = Math.min(charIndex, this.view.state.doc.length);
    this.moveCursor(cursor);
    this.view.dispatch({ effects: EditorView.scrollIntoView(cursor, { y: 'center' }) });
  }

  /** Another text in place of this one, as one step that can be undone. */
  replace(text: string, name: string): void {
    this.view.dispatch({
      changes: { from: 0, to: this.view.state.doc.length, insert: text },
      selection: EditorSelection.cursor(0),
      effects: [documentName.set(name), EditorView.scrollIntoView(0)],
      annotations: [isolateHistory.of('full'), Transaction.userEvent.of('open')],
    });
  }

  undo(): void {
    undo(this.view);
  }

  focus(): void {
    this.view.focus();
  }

  find(): void {
    openSearchPanel(this.view);
  }

  /** Without scrolling and without taking the focus. */
  moveCursor(charIndex: number): void {
    this.view.dispatch({ selection: EditorSelection.cursor(Math.min(charIndex, this.view.state.doc.length)) });
  }

  scrollToCursor(): void {
    const { head } = this.view.state.selection.main;
    this.view.dispatch({ effects: EditorView.scrollIntoView(head, { y: 'center' }) });
  }

  beginPlay(): void {
    this.view.dispatch({ effects: spokenHighlight.begin() });
    this.follower.goToWord();
  }

  endPlay(): void {
    this.view.dispatch({ effects: spokenHighlight.end() });
    this.follower.store.setState({ away: null });
  }

  /** Highlights ranges of the play's text and keeps them in view. */
  showSpoken(ranges: SpokenRanges): void {
    this.view.dispatch({ effects: spokenHighlight.show(ranges) });
    this.follower.update();
  }

  /** Where a range of the play's text is now; null when it was deleted. */
  locate(range: TextRange): EditorRange | null {
    return spokenHighlight.locate(this.view.state, range);
  }

  select({ from, to }: EditorRange): void {
    this.view.dispatch({
      selection: EditorSelection.single(from, to),
      effects: EditorView.scrollIntoView(from, { y: 'center' }),
    });
    this.view.focus();
  }

  #publish(): void {
    const before = this.store.getState();
    const info = this.#info();
    const isSame = (Object.keys(info) as (keyof EditorInfo)[]).every((key) =>
      key === 'selection' ? isSameRange(info.selection, before.selection) : info[key] === before[key],
    );
    if (!isSame) this.store.setState(info);
  }

  #info(): EditorInfo {
    const { state } = this.view;
    const { from, to, head } = state.selection.main;
    return {
      length: state.doc.length,
      name: documentName.get(state),
      cursor: head,
      selection: from < to ? { from, to } : null,
      isEditedSincePlay: spokenHighlight.isEdited(state),
    };
  }
}

function isSameRange(a: EditorRange | null, b: EditorRange | null): boolean {
  return a?.from === b?.from && a?.to === b?.to;
}
