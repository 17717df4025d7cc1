import { invertedEffects } from '@codemirror/commands';
import { type EditorState, type Extension, StateEffect, StateField } from '@codemirror/state';

const setName = StateEffect.define<string>();

const nameField = StateField.define<string>({
  create: () => '',
  update: (name, transaction) => {
    const effect = transaction.effects.findLast((candidate) => candidate.is(setName));
    return effect ? (effect.value as string) : name;
  },
});

/** The name of the file that the text came from. It is part of the history: undoing an opened file brings back both. */
export const documentName = {
  extension: [
    nameField,
    invertedEffects.of((transaction) =>
      transaction.effects.some((effect) => effect.is(setName))
        ? [setName.of(transaction.startState.field(nameField))]
        : [],
    ),
  ] as Extension,
  set: (name: string): StateEffect<string> => setName.of(name),
  get: (state: EditorState): string => state.field(nameField),
};
