import { isAsideError } from '../../../protocol/errors.ts';
import type { Draft } from '../../../protocol/model/draft.ts';
import type { MainLink } from '../../connection/main-link.ts';
import type { TextEditor } from '../editor/text-editor.ts';
import type { Notices } from '../notices/notices.ts';

/** Saving is quick for what people write, and takes some time for a library: so it waits longer there. */
const DELAY_MS = 500;
const CHARS_PER_FURTHER_MS = 5_000;
/** Who types on without a pause is saved all the same, after so many times the delay. */
const MAX_DELAYS = 6;

export interface DraftSaver {
  /**
   * Puts the text of the last run into the editor. Nothing is saved before this has succeeded once. Rejects with main's
   * error; can then be called again. A text that is there by then stays, and the kept one is one undo away.
   */
  load(): Promise<void>;
  /** Saves soon, however many further calls follow. */
  touch(): void;
  /** Saves now what has not been saved yet, and where the reading has come to: the page may be going away. */
  flush(): void;
}

/** Keeps what is in the editor. @param place where the next run should go on */
export function createDraftSaver(
  link: MainLink,
  editor: TextEditor,
  notices: Notices,
  place: () => number,
): DraftSaver {
  const pause = createPause(() => void save());
  let isDirty = false;
  let isLoaded = false;
  let savedPlace = 0;
  let loadedDoc = editor.view.state.doc;

  function touch(): void {
    if (!isLoaded) return;
    isDirty = true;
    pause.await(DELAY_MS + editor.store.getState().length / CHARS_PER_FURTHER_MS);
  }

  async function save(): Promise<void> {
    pause.end();
    if (!isDirty) return;
    isDirty = false;
    savedPlace = place();
    try {
      await link.request('draft.save', {
        text: editor.text(),
        charIndex: savedPlace,
        name: editor.store.getState().name,
      });
      notices.dismiss('draft-save');
    } catch (error) {
      isDirty = true;
      // A connection that is gone has a banner of its own; it is saved when the connection is back.
      if (isAsideError(error) && error.code !== 'disconnected') notices.problem('draft-save', error);
    }
  }

  async function load(): Promise<void> {
    const kept = await link.request('draft.load', {});
    if (isLoaded) return;
    const { length, name, cursor } = editor.store.getState();
    const typed = editor.text();
    editor.load(kept.text, kept.name, kept.charIndex);
    isLoaded = true;
    savedPlace = kept.charIndex;
    loadedDoc = editor.view.state.doc;
    if (length === 0 || typed === kept.text) return;
    // Whoever was quicker than main goes on with their own text; the kept one is the step before it.
    editor.replace(typed, name);
    editor.moveCursor(cursor);
    touch();
    if (kept.text.trim() !== '') offerEarlier(kept, editor, notices);
  }

  editor.onChange(touch);
  link.onReconnected(() => {
    // Before a load has succeeded main knows more than this page, whose text must not replace what is kept.
    if (!isLoaded) return;
    // The new main may lack the last saved change. A page that changed nothing has nothing that it could lack.
    isDirty ||= editor.view.state.doc !== loadedDoc;
    void save();
  });
  return {
    load,
    touch,
    flush: () => {
      // The reading moves the place on without a change in the editor.
      isDirty ||= isLoaded && place() !== savedPlace;
      void save();
    },
  };
}

/** Calls back when so much time has gone by since the last `await`, and after `MAX_DELAYS` of it in any case. */
function createPause(onPause: () => void): { await(delayMs: number): void; end(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sinceMs: number | undefined;
  return {
    await: (delayMs) => {
      clearTimeout(timer);
      const nowMs = performance.now();
      sinceMs ??= nowMs;
      const leftMs = sinceMs + MAX_DELAYS * delayMs - nowMs;
      timer = setTimeout(onPause, Math.min(delayMs, Math.max(0, leftMs)));
    },
    end: () => {
      clearTimeout(timer);
      sinceMs = undefined;
    },
  };
}

const EARLIER_TEXT = 'earlier-text';

function offerEarlier({ text, name }: Draft, editor: TextEditor, notices: Notices): void {
  const show = (): void => {
    notices.dismiss(EARLIER_TEXT);
    editor.replace(text, name);
  };
  notices.show({
    key: EARLIER_TEXT,
    intent: 'info',
    title: 'Your text of last time came after you had begun a new one',
    detail: 'The new one is shown, and will be kept in its place. To change between them, undo.',
    action: { label: 'Show the earlier text', run: show },
    lastsMs: null,
  });
}
