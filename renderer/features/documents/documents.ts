import { isAsideError } from '../../../protocol/errors.ts';
import type { Document } from '../../../protocol/model/document.ts';
import type { MainLink } from '../../connection/main-link.ts';
import type { TextEditor } from '../editor/text-editor.ts';
import type { Notice, Notices } from '../notices/notices.ts';
import { fileBytes } from './file-bytes.ts';

export interface DocumentsFeature {
  /** Lets the user choose a file, by the system's dialog where there is one. */
  open(): void;
  /** A file that was dropped on the page or chosen in the browser. */
  openFile(file: File): Promise<void>;
  /** Shows a document in place of the text that is there; that can be undone. */
  show(document: Document): void;
}

export interface DocumentsParts {
  readonly link: MainLink;
  readonly editor: TextEditor;
  readonly notices: Notices;
  /** Whether main can show a dialog. */
  hasDialogs(): boolean;
  /** The browser's own way to choose a file. */
  pickFile(): Promise<File | null>;
  /** What is being read is about to be replaced. */
  stopReading(): void;
}

const KEY = 'document';
const MARKUP_KEY = 'markup';

const keepsMarkup = (name: string): Notice => ({
  key: MARKUP_KEY,
  intent: 'warning',
  title: `Some of “${name}” keeps its Markdown markup`,
  detail: 'There is more of it than Aside takes out. Split it into smaller files to hear it without.',
  lastsMs: null,
});

export function createDocuments(parts: DocumentsParts): DocumentsFeature {
  const { link, editor, notices } = parts;

  function show(document: Document): void {
    const hadText = editor.text().trim() !== '';
    if (document.text.trim() === '') {
      const detail = hadText ? 'Aside found no text in it, and keeps yours.' : 'Aside found no text in it.';
      notices.show({ key: KEY, intent: 'warning', title: `“${document.name}” is empty`, detail, lastsMs: 8_000 });
      return;
    }
    parts.stopReading();
    editor.replace(document.text, document.name);
    notices.dismiss(KEY);
    notices.dismiss(MARKUP_KEY);
    if (document.keepsMarkup) notices.show(keepsMarkup(document.name));
    if (hadText) {
      notices.show({
        key: KEY,
        intent: 'info',
        title: `Opened “${document.name}”`,
        detail: 'Your text from before is one undo away.',
        action: { label: 'Undo', run: () => undo() },
        lastsMs: 10_000,
      });
    }
    editor.focus();
  }

  function undo(): void {
    parts.stopReading();
    editor.undo();
    notices.dismiss(KEY);
    notices.dismiss(MARKUP_KEY);
    editor.focus();
  }

  async function openFile(file: File): Promise<void> {
    try {
      const bytes = await fileBytes(file);
      show(await link.request('document.decode', { name: file.name, bytes }));
    } catch (error) {
      told(error);
    }
  }

  async function choose(): Promise<void> {
    try {
      if (parts.hasDialogs()) {
        const document = await link.request('document.choose', {});
        if (document) show(document);
        return;
      }
      const file = await parts.pickFile();
      if (file) await openFile(file);
    } catch (error) {
      told(error);
    }
  }

  function told(error: unknown): void {
    if (!isAsideError(error)) throw error;
    notices.problem(KEY, error);
  }

  link.on('document.opened', show);
  return { open: () => void choose(), openFile, show };
}
