import { createStore, type StoreApi } from 'zustand/vanilla';
import { type AsideError, isAsideError } from '../../../protocol/errors.ts';
import type { ExportProgress, ExportResult } from '../../../protocol/model/export.ts';
import type { Settings } from '../../../protocol/model/settings.ts';
import { asAsideError } from '../../as-aside-error.ts';
import type { MainLink } from '../../connection/main-link.ts';
import type { EditorInfo } from '../editor/text-editor.ts';
import type { Announcer } from '../notices/announcer.ts';
import type { Notices } from '../notices/notices.ts';
import { suggestedName } from './suggested-name.ts';

export type SavedExport = Extract<ExportResult, { kind: 'saved' }>;

export type ExportState =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly name: string; readonly progress: ExportProgress | null }
  | { readonly kind: 'saved'; readonly name: string; readonly result: SavedExport }
  | { readonly kind: 'failed'; readonly name: string; readonly error: AsideError };

export interface ExportsFeature {
  readonly store: StoreApi<ExportState>;
  /** Exports the selection when there is one, else the whole text. One at a time. */
  start(): void;
  cancel(): void;
  /** Shows the finished file in the system's file manager. */
  reveal(): void;
  /** Puts the result away. */
  close(): void;
}

export interface ExportsParts {
  readonly link: MainLink;
  readonly editor: { readonly store: StoreApi<EditorInfo>; text(): string };
  readonly settings: StoreApi<Settings>;
  readonly notices: Notices;
  readonly announcer: Announcer;
  /** Has the browser save a file of our own origin. */
  download(path: string, name: string): void;
}

/** A screen reader is told a few times only. */
const ANNOUNCED_PERCENT = [25, 50, 75];

export function createExports(parts: ExportsParts): ExportsFeature {
  const { link, editor, settings, notices, announcer } = parts;
  const store = createStore<ExportState>(() => ({ kind: 'none' }));
  let abort: AbortController | null = null;

  async function start(): Promise<void> {
    if (abort) return;
    const { selection, name: documentName } = editor.store.getState();
    const whole = editor.text();
    const text = selection ? whole.slice(selection.from, selection.to) : whole;
    if (text.trim() === '') {
      const detail = 'Type or paste a text, or open a file.';
      notices.show({ key: 'export', intent: 'info', title: 'There is nothing to export yet', detail, lastsMs: 6_000 });
      return;
    }
    const name = suggestedName(documentName, text);
    const { voiceId, prosody } = settings.getState();
    const own = new AbortController();
    abort = own;
    store.setState({ kind: 'running', name, progress: null }, true);
    try {
      const result = await link.request(
        'export.start',
        { text, voiceId, prosody, suggestedName: name },
        { signal: own.signal, onProgress: progressed },
      );
      store.setState(result.kind === 'saved' ? { kind: 'saved', name, result } : { kind: 'none' }, true);
      if (result.kind === 'declined') return;
      announcer.say('Export finished');
      if (result.downloadPath !== null) parts.download(result.downloadPath, name);
    } catch (error) {
      failed(error, name);
    } finally {
      abort = null;
    }
  }

  function progressed(progress: ExportProgress): void {
    const state = store.getState();
    if (state.kind !== 'running') return;
    const before = percentOf(state.progress);
    const now = percentOf(progress);
    const passed = ANNOUNCED_PERCENT.findLast((percent) => before < percent && now >= percent);
    if (passed !== undefined) announcer.say(`Export: ${passed} percent`);
    store.setState({ ...state, progress }, true);
  }

  function failed(error: unknown, name: string): void {
    if (isAsideError(error, 'request-cancelled')) {
      store.setState({ kind: 'none' }, true);
      announcer.say('Export cancelled');
      return;
    }
    store.setState({ kind: 'failed', name, error: asAsideError(error) }, true);
  }

  async function reveal(): Promise<void> {
    const state = store.getState();
    if (state.kind !== 'saved') return;
    try {
      await link.request('export.reveal', { path: state.result.path });
    } catch (error) {
      if (isAsideError(error)) notices.problem('export', error);
    }
  }

  return {
    store,
    start: () => void start(),
    cancel: () => abort?.abort(),
    reveal: () => void reveal(),
    close: () => {
      if (!abort) store.setState({ kind: 'none' }, true);
    },
  };
}

/** Whole percent, never 100 before it is done. */
export function percentOf(progress: ExportProgress | null): number {
  if (!progress || progress.charsTotal === 0) return 0;
  return Math.min(99, Math.floor((progress.charsDone / progress.charsTotal) * 100));
}
