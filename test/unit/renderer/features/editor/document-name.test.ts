import { history, undo } from '@codemirror/commands';
import { EditorState, type Transaction } from '@codemirror/state';
import { expect, test } from 'vitest';
import { documentName } from '../../../../../renderer/features/editor/document-name.ts';

test('undoing an opened file brings back the text and its name', () => {
  let state = EditorState.create({ doc: 'mine', extensions: [history(), documentName.extension] });
  const dispatch = (transaction: Transaction): void => {
    state = transaction.state;
  };
  dispatch(state.update({ changes: { from: 0, to: 4, insert: 'theirs' }, effects: documentName.set('book.txt') }));
  expect(documentName.get(state)).toBe('book.txt');
  undo({ state, dispatch });

  expect(state.doc.toString()).toBe('mine');
  expect(documentName.get(state)).toBe('');
});
