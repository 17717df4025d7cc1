import { EditorState } from '@codemirror/state';
import { describe, expect, test } from 'vitest';
import { spokenHighlight } from '../../../../../renderer/features/editor/spoken-highlight.ts';

const TEXT = 'One two three. Four five six. Seven.';
const range = (word: string) => ({ charIndex: TEXT.indexOf(word), charLength: word.length });

/** A play of TEXT in which `word` is being said, in `sentence`. */
function reading(word: string, sentence: string): EditorState {
  const state = EditorState.create({ doc: TEXT, extensions: [spokenHighlight.extension] });
  const begun = state.update({ effects: spokenHighlight.begin() }).state;
  return begun.update({ effects: spokenHighlight.show({ word: range(word), sentence: range(sentence) }) }).state;
}

const wordIn = (state: EditorState): string | null => {
  const word = spokenHighlight.word(state);
  return word && state.sliceDoc(word.from, word.to);
};
const sentenceIn = (state: EditorState): string | null => {
  const sentence = spokenHighlight.sentence(state);
  return sentence && state.sliceDoc(sentence.from, sentence.to);
};
const insert = (state: EditorState, from: number, text: string): EditorState =>
  state.update({ changes: { from, insert: text } }).state;
const remove = (state: EditorState, from: number, to: number): EditorState =>
  state.update({ changes: { from, to } }).state;

describe('the highlight', () => {
  test('lights up the word and its sentence without the space after it', () => {
    const state = reading('five', 'Four five six. ');

    expect(wordIn(state)).toBe('five');
    expect(sentenceIn(state)).toBe('Four five six.');
  });

  test('moves with its word when text is typed or deleted before it', () => {
    let state = insert(reading('five', 'Four five six. '), 0, 'Zero. ');
    state = remove(state, 0, 3);

    expect(wordIn(state)).toBe('five');
  });

  test('words that are said later are found through all edits since the play began', () => {
    let state = reading('two', 'One two three. ');
    state = insert(state, 4, 'and a half ');
    state = remove(state, 0, 2);
    state = state.update({ effects: spokenHighlight.show({ word: range('Seven'), sentence: range('Seven.') }) }).state;

    expect(wordIn(state)).toBe('Seven');
    expect(sentenceIn(state)).toBe('Seven.');
  });

  test('does not grow by what is typed at its edges', () => {
    let state = reading('five', 'Four five six. ');
    const at = state.doc.toString().indexOf('five');
    state = insert(state, at + 4, 'XX');
    state = insert(state, at, 'YY');

    expect(wordIn(state)).toBe('five');
  });

  test('grows by what is typed inside: a typo that is being mended', () => {
    const state = reading('five', 'Four five six. ');

    expect(wordIn(insert(state, state.doc.toString().indexOf('ive'), 'f'))).toBe('ffive');
  });

  test('is gone with its word, and the next word is still found', () => {
    let state = reading('five', 'Four five six. ');
    const at = TEXT.indexOf('five ');
    state = remove(state, at, at + 5);
    expect(wordIn(state)).toBeNull();
    state = state.update({ effects: spokenHighlight.show({ word: range('five'), sentence: null }) }).state;
    expect(wordIn(state)).toBeNull();
    state = state.update({ effects: spokenHighlight.show({ word: range('six'), sentence: null }) }).state;

    expect(wordIn(state)).toBe('six');
  });

  test('survives the replacement of the whole text: there is nothing to light up', () => {
    const state = reading('five', 'Four five six. ');
    const replaced = state.update({ changes: { from: 0, to: state.doc.length, insert: 'Other' } }).state;
    const shown = replaced.update({ effects: spokenHighlight.show({ word: range('Seven'), sentence: null }) }).state;

    expect(wordIn(shown)).toBeNull();
  });

  test('is gone when the play ends', () => {
    const state = reading('five', 'Four five six. ').update({ effects: spokenHighlight.end() }).state;

    expect(wordIn(state)).toBeNull();
    expect(spokenHighlight.locate(state, range('five'))).toBeNull();
  });

  test('a new play counts from the text as it is then', () => {
    const edited = insert(reading('five', 'Four five six. '), 0, '12345');
    const begun = edited.update({ effects: spokenHighlight.begin() }).state;
    const word = { charIndex: edited.doc.toString().indexOf('Seven'), charLength: 5 };

    expect(wordIn(begun.update({ effects: spokenHighlight.show({ word, sentence: null }) }).state)).toBe('Seven');
  });
});

test('knows whether the text is still the one that is read', () => {
  const state = reading('five', 'Four five six. ');

  expect(spokenHighlight.isEdited(state)).toBe(false);
  expect(spokenHighlight.isEdited(insert(state, 0, 'x'))).toBe(true);
});
