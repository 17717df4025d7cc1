import { isAsideError } from '../../../protocol/errors.ts';
import type { MainLink } from '../../connection/main-link.ts';
import type { TextEditor } from '../editor/text-editor.ts';
import type { Notices } from '../notices/notices.ts';

/** Saving is quick for what people write, and takes some time for a library: so it waits longer there. */
const DELAY_MS = 500;
const CHARS_PER_FURTHER_MS = 5_000;

export interface DraftSaver {
  /** Puts the text of the last run into the editor. */
  load(): Promise<void>;
  /** Saves soon. */
  touch(): void;
  /** Saves now what has not been saved yet: the page may be going away. */
  flush(): void;
}

/** Keeps what is in the editor. @param place where the next run should go on */
export function createDraftSaver(
  link: MainLink,
  editor: TextEditor,
  notices: Notices,
  place: () => number,
): DraftSaver {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDirty = false;
  let isLoaded = false;

  function touch(): void {
    if (!isLoaded) return;
    isDirty = true;
    clearTimeout(timer);
    timer = setTimeout(() => void save(), DELAY_MS + editor.store.getState().length / CHARS_PER_FURTHER_MS);
  }

  async function save(): Promise<void> {
    clearTimeout(timer);
    if (!isDirty) return;
    isDirty = false;
    try {
      await link.request('draft.save', {
        text: editor.text(),
        charIndex: place(),
        name: editor.store.getState().name,
      });
      notices.dismiss('draft-save');
    } catch (error) {
      isDirty = true;
      // A connection that is gone has a banner of its own; it is saved when the connection is back.
      if (isAsideError(error) && error.code !== 'disconnected') notices.problem('draft-save', error);
    }
  }

  editor.onChange(touch);
  link.onReconnected(() => {
    isDirty = true;
    void save();
  });
  return {
    load: async () => {
      try {
        const { text, charIndex, name } = await link.request('draft.load', {});
        // Whoever was quicker than main keeps what they typed.
        if (editor.store.getState().length === 0) editor.load(text, name, charIndex);
      } finally {
        isLoaded = true;
      }
    },
    touch,
    flush: () => void save(),
  };
}
