import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { toWireError, type WireError } from '../../protocol/errors.ts';
import { Draft, EMPTY_DRAFT } from '../../protocol/model/draft.ts';
import { CharCount } from '../../protocol/model/text-range.ts';
import { z } from '../../protocol/schema.ts';
import { openDataFile } from '../files/data-file.ts';
import type { StoreOptions } from './settings-store.ts';

/**
 * The draft is in two files, so that moving the cursor in a text of megabytes does not write it anew:
 *
 *   draft.txt             one line of JSON (`DraftHeader`), then the text as it is
 *   draft-position.json   where the cursor went since, in the text with that id
 *
 * Each is replaced as a whole. A position counts only for the text whose id it names, and each text has its own, so
 * text and cursor belong together after a kill at any moment.
 */
const DraftHeader = z.strictObject({ id: z.string(), name: Draft.shape.name, charIndex: CharCount });
const DraftPosition = z.strictObject({ id: z.string(), charIndex: CharCount });

interface SavedDraft extends Draft {
  readonly id: string;
}

export interface DraftStore {
  get(): Draft;
  /** The text is on disk 1 to 3 s later. A lone surrogate is not kept: it becomes U+FFFD. */
  set(draft: Draft): void;
  /** What was set aside at the start. Told once. */
  takeNotices(): WireError[];
  /** Resolves when all is on disk, or has failed and was reported. Never rejects. */
  flush(): Promise<void>;
}

/**
 * Opens the draft in `dir`. A file that is no draft is set aside. Never rejects. Blocks while bytes become a string: 30 ms
 * for 20 million characters of ASCII, 350 ms for as many others. Saving them never blocks for longer than 20 ms at a time.
 */
export async function openDraftStore({ dir, onProblem, log }: StoreOptions): Promise<DraftStore> {
  const common = { delayMs: 1_000, maxDelayMs: 3_000, log };
  const textFile = await openDataFile<SavedDraft>({
    ...common,
    path: join(dir, 'draft.txt'),
    what: 'text',
    parse: parseDraft,
    format: formatDraft,
    onProblem,
  });
  const positionFile = await openDataFile<z.infer<typeof DraftPosition>>({
    ...common,
    path: join(dir, 'draft-position.json'),
    what: 'place in the text',
    parse: (json) => DraftPosition.parse(JSON.parse(json)),
    format: (position) => [JSON.stringify(position)],
    onProblem: () => {}, // the text has the same problem, and that one counts; this is in the log
  });
  let current = textFile.loaded ?? { ...EMPTY_DRAFT, id: randomUUID() };
  if (positionFile.loaded?.id === current.id) current = withCursor(current, positionFile.loaded.charIndex);
  let notices = textFile.notice ? [toWireError(textFile.notice)] : [];

  return {
    get: () => ({ text: current.text, charIndex: current.charIndex, name: current.name }),
    set: (draft) => {
      if (draft.text !== current.text || draft.name !== current.name) {
        current = { ...draft, id: randomUUID() };
        textFile.save(current);
      } else if (draft.charIndex !== current.charIndex) {
        current = { ...current, charIndex: draft.charIndex };
        positionFile.save({ id: current.id, charIndex: current.charIndex });
      }
    },
    takeNotices: () => {
      const taken = notices;
      notices = [];
      return taken;
    },
    flush: async () => {
      await Promise.all([textFile.flush(), positionFile.flush()]);
    },
  };
}

/** Someone may have shortened the text in another editor. */
function withCursor(draft: SavedDraft, charIndex: number): SavedDraft {
  return { ...draft, charIndex: Math.min(charIndex, draft.text.length) };
}

function parseDraft(content: string): SavedDraft {
  const lineEnd = content.indexOf('\n');
  const { id, name, charIndex } = DraftHeader.parse(JSON.parse(content.slice(0, Math.max(0, lineEnd))));
  const draft = Draft.parse({ text: content.slice(lineEnd + 1), name, charIndex });
  return withCursor({ ...draft, id }, charIndex);
}

/** Turning a piece of this size into bytes takes a millisecond or two. */
const PIECE_CHARS = 512 * 1024;

function* formatDraft({ id, name, charIndex, text }: SavedDraft): Generator<string> {
  yield `${JSON.stringify({ id, name, charIndex })}\n`;
  for (let from = 0; from < text.length; ) {
    const isPairCut = /[\ud800-\udbff]/.test(text.charAt(from + PIECE_CHARS - 1));
    const to = from + PIECE_CHARS - (isPairCut ? 1 : 0);
    yield text.slice(from, to);
    from = to;
  }
}
