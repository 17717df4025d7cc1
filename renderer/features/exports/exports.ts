import { createStore, type StoreApi } from 'zustand/vanilla';
import { type AsideError, isAsideError } from '../../../protocol/errors.ts';
import type { ExportResult, ExportStanding } from '../../../protocol/model/export.ts';
import type { Settings } from '../../../protocol/model/settings.ts';
import { asAsideError } from '../../as-aside-error.ts';
import type { MainLink } from '../../connection/main-link.ts';
import type { Announcer } from '../notices/announcer.ts';
import type { Notices } from '../notices/notices.ts';
import { exportNews } from './export-news.ts';
import { type ExportSource, textToExport } from './text-to-export.ts';

export type SavedExport = Extract<ExportResult, { kind: 'saved' }>;

export type ExportState =
  | { readonly kind: 'none' }
  /** What it becomes is being chosen. */
  | { readonly kind: 'choosing'; readonly name: string }
  | { readonly kind: 'running'; readonly name: string; readonly standing: ExportStanding }
  | { readonly kind: 'saved'; readonly result: SavedExport }
  | { readonly kind: 'failed'; readonly name: string; readonly error: AsideError };

export interface ExportsFeature {
  readonly store: StoreApi<ExportState>;
  /** Lets the user choose what becomes of the selection when there is one, else of the whole text. One at a time. */
  ask(): void;
  /** Exports it as was chosen. */
  start(): void;
  cancel(): void;
  /** Shows the first finished file in the system's file manager. */
  reveal(): void;
  /** Puts the result away. */
  close(): void;
}

export interface ExportsParts {
  readonly link: MainLink;
  readonly editor: ExportSource;
  readonly settings: StoreApi<Settings>;
  readonly notices: Notices;
  readonly announcer: Announcer;
  /** Has the browser save a file of our own origin. */
  download(path: string, name: string): void;
}

export function createExports(parts: ExportsParts): ExportsFeature {
  const { link, editor, settings, notices, announcer } = parts;
  const store = createStore<ExportState>(() => ({ kind: 'none' }));
  let abort: AbortController | null = null;

  function ask(): void {
    const wanted = abort ? null : textToExport(editor, notices);
    if (wanted) store.setState({ kind: 'choosing', name: wanted.title }, true);
  }

  async function start(): Promise<void> {
    const wanted = abort ? null : textToExport(editor, notices);
    if (!wanted) return;
    const { text, title } = wanted;
    const { voiceId, prosody } = settings.getState();
    const own = new AbortController();
    abort = own;
    store.setState({ kind: 'running', name: title, standing: { progress: null, littleRoom: null } }, true);
    try {
      const result = await link.request(
        'export.start',
        { text, voiceId, prosody, title },
        { signal: own.signal, onProgress: stands },
      );
      store.setState(result.kind === 'saved' ? { kind: 'saved', result } : { kind: 'none' }, true);
      if (result.kind === 'declined') return;
      announcer.say('Export finished');
      const [only, ...others] = result.outputs;
      // Of several files a browser asks for each whether it may: those are offered.
      if (only && only.downloadPath !== null && others.length === 0) parts.download(only.downloadPath, only.name);
    } catch (error) {
      failed(error, title);
    } finally {
      abort = null;
    }
  }

  function stands(standing: ExportStanding): void {
    const state = store.getState();
    if (state.kind !== 'running') return;
    const news = exportNews(state.standing, standing);
    if (news !== null) announcer.say(`Export: ${news}`);
    store.setState({ ...state, standing }, true);
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
    const path = state.kind === 'saved' ? state.result.outputs[0]?.path : undefined;
    if (path === undefined) return;
    try {
      await link.request('export.reveal', { path });
    } catch (error) {
      if (isAsideError(error)) notices.problem('export', error);
    }
  }

  return {
    store,
    ask,
    start: () => void start(),
    cancel: () => abort?.abort(),
    reveal: () => void reveal(),
    close: () => {
      if (!abort) store.setState({ kind: 'none' }, true);
    },
  };
}
