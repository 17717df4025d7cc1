import type { StoreApi } from 'zustand/vanilla';
import type { EditorInfo } from '../editor/text-editor.ts';
import type { Notices } from '../notices/notices.ts';
import { suggestedTitle } from './suggested-title.ts';

export interface ExportSource {
  readonly store: StoreApi<EditorInfo>;
  text(): string;
}

/** The selection when there is one, else the whole text; null where there is nothing to say, which the user is told. */
export function textToExport(editor: ExportSource, notices: Notices): { text: string; title: string } | null {
  const { selection, name } = editor.store.getState();
  const whole = editor.text();
  const text = selection ? whole.slice(selection.from, selection.to) : whole;
  if (text.trim() !== '') return { text, title: suggestedTitle(name, text) };
  const detail = 'Type or paste a text, or open a file.';
  notices.show({ key: 'export', intent: 'info', title: 'There is nothing to export yet', detail, lastsMs: 6_000 });
  return null;
}
