import { ExportQueue } from '../../main/exports/export-queue.ts';
import type { ItemMaker } from '../../main/exports/item-maker.ts';
import { createPageQueue } from '../../main/exports/page-queue.ts';
import { UNSAVED_QUEUE } from '../../main/exports/queue-store.ts';
import type { Engines } from '../../main/speech/engines.ts';
import { bestVoice } from '../../main/speech/nearest-voice.ts';
import { createPlays } from '../../main/speech/plays.ts';
import { type AppContract, appContract } from '../../protocol/contract/app-contract.ts';
import type { Port } from '../../protocol/contract/port.ts';
import { type Handlers, type Server, serve } from '../../protocol/contract/serve.ts';
import { AsideError, type WireError } from '../../protocol/errors.ts';
import { type Draft, EMPTY_DRAFT } from '../../protocol/model/draft.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../protocol/model/settings.ts';
import type { Voice } from '../../protocol/model/voice.ts';
import { installation } from '../fixtures/contracts/model-samples.ts';
import { createFakePool, type FakeAnswer, type FakePool } from './fake-pool.ts';
import { MANY_VOICES } from './many-voices.ts';
import { speakTone } from './tone-voice.ts';

export interface FakeMainOptions {
  readonly draft?: Partial<Draft>;
  readonly settings?: Partial<Settings>;
  readonly notices?: WireError[];
  readonly voices?: Voice[];
  readonly hasDialogs?: boolean;
  /** How a host speaks; a tone unless told otherwise. */
  readonly speak?: FakeAnswer;
  /** How a text of the queue is made; it is done at once unless told otherwise. */
  readonly makeExport?: ItemMaker['make'];
  /** In place of the handlers of the same name. */
  readonly handlers?: Partial<Handlers<AppContract>>;
}

export interface FakeMain {
  readonly pool: FakePool;
  /** What the page has saved. */
  readonly saved: { draft: Draft; settings: Settings };
  /** Requests by method, in order. */
  readonly requests: { method: string; params: unknown }[];
  /** The real one. */
  readonly queue: ExportQueue;
  /** Answers one page. */
  serve(port: Port): Server<AppContract>;
}

/**
 * Main without its processes: the real plays over hosts that speak a tone, and everything else from memory. For tests
 * of the page, and for looking at it.
 */
export function createFakeMain(options: FakeMainOptions = {}): FakeMain {
  const voices = options.voices ?? MANY_VOICES;
  const pool = createFakePool({ 'utterance.speak': options.speak ?? speakTone });
  const saved = {
    draft: { ...EMPTY_DRAFT, ...options.draft },
    settings: { ...DEFAULT_SETTINGS, ...options.settings },
  };
  const requests: FakeMain['requests'] = [];
  const engines = {
    voices: {
      list: async () => ({ voices, problems: [] }),
      resolve: async (id: string | null) => {
        const voice = id === null ? bestVoice(voices, 'en-US') : voices.find((known) => known.id === id);
        if (voice) return voice;
        throw new AsideError('voice-not-found', `There is no voice ${id}.`, { details: { voiceId: id ?? '' } });
      },
    },
    poolOf: () => pool,
  } as unknown as Engines; // what plays use of it
  const plays = createPlays(engines);
  const pages: Server<AppContract>[] = [];
  const queue = new ExportQueue({
    maker: {
      make: options.makeExport ?? makeAtOnce,
      resume: neverBegun,
      discard: () => Promise.resolve(),
      forget: () => {},
    },
    read: async ({ name }) => ({ name, text: 'Some words.', format: 'text', encoding: 'UTF-8' }),
    concurrency: 1,
    onChange: (state) => {
      for (const page of pages) page.emit('exports.changed', state);
    },
    onProgress: (id, progress) => {
      for (const page of pages) page.emit('exports.progressed', { id, progress });
    },
  });

  const handlers: Handlers<AppContract> = {
    'app.describe': () => ({ version: '0.0.0', shell: 'web', hasDialogs: options.hasDialogs ?? false }),
    'voices.list': () => ({ voices, problems: [] }),
    'document.decode': ({ name, bytes }) => ({
      name,
      text: new TextDecoder().decode(bytes),
      format: 'text',
      encoding: 'UTF-8',
    }),
    'document.choose': () => null,
    'draft.load': () => saved.draft,
    'draft.save': (draft) => {
      saved.draft = draft;
      return {};
    },
    'settings.load': () => ({ settings: saved.settings, notices: options.notices ?? [] }),
    'settings.save': (patch) => {
      saved.settings = { ...saved.settings, ...withoutUndefined(patch) };
      return saved.settings;
    },
    'speech.play': plays.play,
    'speech.steer': plays.steer,
    'export.start': () => ({ kind: 'declined' }),
    'export.reveal': () => ({}),
    ...createPageQueue({ queue, store: UNSAVED_QUEUE }, queueShell(options.hasDialogs ?? false)),
    'hosts.list': () => ({ hosts: [] }),
    'hosts.retry': () => ({}),
    'hosts.end': () => ({}),
    'hosts.restart': () => ({}),
    'processes.describe': () => installation,
    'processes.watch': () => new Promise(() => {}),
    'developer.misbehave': () => ({ pid: null, error: null }),
    ...options.handlers,
  };
  return {
    pool,
    saved,
    requests,
    queue,
    serve: (port) => {
      const page = serve(appContract, port, noting(handlers, requests), throwIt);
      pages.push(page);
      return page;
    },
  };
}

const neverBegun = () => Promise.reject(new Error('no earlier run has begun an export'));

const makeAtOnce: ItemMaker['make'] = ({ path }) =>
  Promise.resolve({ durationMs: 60_000, bytes: 2_646_044, paths: [path] });

function queueShell(hasDialogs: boolean): Parameters<typeof createPageQueue>[1] {
  return {
    hasDialogs,
    chooseTexts: () => Promise.resolve([]),
    chooseExportFolder: () => Promise.resolve('/audio'),
    reserveExportPlace: (name, folder) => {
      const downloadPathOf = () => (folder === null ? `/download/1/${name}` : null);
      return Promise.resolve({ path: `${folder ?? ''}/${name}`, downloadPathOf, release: () => {} });
    },
    adoptExportPlace: (path) => ({ path, downloadPathOf: () => null, release: () => {} }),
    reveal: () => Promise.resolve(),
  };
}

function noting(handlers: Handlers<AppContract>, requests: FakeMain['requests']): Handlers<AppContract> {
  const noted = Object.entries(handlers).map(([method, handler]) => [
    method,
    (params: never, context: never) => {
      requests.push({ method, params });
      return (handler as (params: never, context: never) => unknown)(params, context);
    },
  ]);
  return Object.fromEntries(noted) as Handlers<AppContract>;
}

function throwIt(error: AsideError): never {
  throw error;
}

function withoutUndefined(patch: { [K in keyof Settings]?: Settings[K] | undefined }): Partial<Settings> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}
