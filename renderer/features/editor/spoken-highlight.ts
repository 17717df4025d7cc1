import { type ChangeDesc, ChangeSet, type EditorState, StateEffect, StateField, type Text } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';
import type { TextRange } from '../../../protocol/model/text-range.ts';

/** Positions in the editor's present text. */
export interface EditorRange {
  readonly from: number;
  readonly to: number;
}

export interface SpokenRanges {
  readonly word: TextRange | null;
  readonly sentence: TextRange | null;
}

interface SpokenState {
  /** All edits since the play began: a play goes on speaking the text that it was given. null while nothing is read. */
  readonly edits: ChangeDesc | null;
  readonly word: EditorRange | null;
  readonly sentence: EditorRange | null;
  readonly decorations: DecorationSet;
}

const NOTHING: SpokenState = { edits: null, word: null, sentence: null, decorations: Decoration.none };

const beginPlay = StateEffect.define<null>();
const endPlay = StateEffect.define<null>();
const showSpoken = StateEffect.define<SpokenRanges>();

const wordMark = Decoration.mark({ class: 'spoken-word' });
const sentenceMark = Decoration.mark({ class: 'spoken-sentence' });

const spokenField = StateField.define<SpokenState>({
  create: () => NOTHING,
  update: (before, transaction) => {
    let state = before;
    if (transaction.docChanged) state = afterEdit(state, transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(beginPlay)) state = { ...NOTHING, edits: ChangeSet.empty(transaction.newDoc.length).desc };
      if (effect.is(endPlay)) state = NOTHING;
      if (effect.is(showSpoken)) state = show(state, effect.value, transaction.newDoc);
    }
    return state;
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ decorations }) => decorations),
    // Where the highlight is, for tests and for whoever looks at the page from outside.
    EditorView.editorAttributes.from(
      field,
      ({ word, sentence }): Record<string, string> => ({
        ...(word && { 'data-spoken-from': String(word.from), 'data-spoken-to': String(word.to) }),
        ...(sentence && { 'data-sentence-from': String(sentence.from), 'data-sentence-to': String(sentence.to) }),
      }),
    ),
  ],
});

function afterEdit(state: SpokenState, changes: ChangeSet): SpokenState {
  if (!state.edits) return state;
  const map = (range: EditorRange | null): EditorRange | null => range && mapRange(range, changes.desc);
  return {
    edits: state.edits.composeDesc(changes.desc),
    word: map(state.word),
    sentence: map(state.sentence),
    decorations: state.decorations.map(changes),
  };
}

function show(state: SpokenState, spoken: SpokenRanges, text: Text): SpokenState {
  const { edits } = state;
  if (!edits) return state;
  const locate = (range: TextRange | null): EditorRange | null =>
    range && withoutTrailingSpace(mapRange(toEditorRange(range), edits), text);
  const word = locate(spoken.word);
  const sentence = locate(spoken.sentence);
  const marks = [
    ...(sentence ? [sentenceMark.range(sentence.from, sentence.to)] : []),
    ...(word ? [wordMark.range(word.from, word.to)] : []),
  ];
  return { edits, word, sentence, decorations: Decoration.set(marks, true) };
}

function toEditorRange({ charIndex, charLength }: TextRange): EditorRange {
  return { from: charIndex, to: charIndex + charLength };
}

/** null when the text was deleted. What is typed at its edges does not belong to it. */
function mapRange({ from, to }: EditorRange, edits: ChangeDesc): EditorRange | null {
  if (to > edits.length) return null;
  const mapped = { from: edits.mapPos(from, 1), to: edits.mapPos(to, -1) };
  return mapped.from < mapped.to ? mapped : null;
}

/** Sentences reach to the next one; what is lit up ends with the last letter. */
function withoutTrailingSpace(range: EditorRange | null, text: Text): EditorRange | null {
  if (!range) return null;
  const length = text.sliceString(range.from, range.to).trimEnd().length;
  return length > 0 ? { from: range.from, to: range.from + length } : null;
}

/** Highlights what is being said, in a text that may be edited meanwhile. */
export const spokenHighlight = {
  extension: spokenField,
  /** From here on positions are those of the text as it is now. */
  begin: (): StateEffect<null> => beginPlay.of(null),
  end: (): StateEffect<null> => endPlay.of(null),
  /** @param ranges in the play's text */
  show: (ranges: SpokenRanges): StateEffect<SpokenRanges> => showSpoken.of(ranges),
  word: (state: EditorState): EditorRange | null => state.field(spokenField).word,
  sentence: (state: EditorState): EditorRange | null => state.field(spokenField).sentence,
  /** Where a range of the play's text is now; null when it was deleted or nothing is being read. */
  locate: (state: EditorState, range: TextRange): EditorRange | null => {
    const { edits } = state.field(spokenField);
    return edits && mapRange(toEditorRange(range), edits);
  },
  /** The text is no longer the one that is being read. */
  isEdited: (state: EditorState): boolean => state.field(spokenField).edits?.empty === false,
};
