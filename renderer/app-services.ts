import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Port } from '../protocol/contract/port.ts';
import { type AsideError, isAsideError } from '../protocol/errors.ts';
import type { Settings } from '../protocol/model/settings.ts';
import { asAsideError } from './as-aside-error.ts';
import { linkToMain, type MainLink } from './connection/main-link.ts';
import type { Commands } from './features/commands/commands.ts';
import { createDocuments, type DocumentsFeature } from './features/documents/documents.ts';
import { createDraftSaver, type DraftSaver } from './features/documents/draft-saver.ts';
import { pickFile } from './features/documents/pick-file.ts';
import { TextEditor } from './features/editor/text-editor.ts';
import { download } from './features/exports/download.ts';
import { createExports, type ExportsFeature } from './features/exports/exports.ts';
import { pickFiles } from './features/exports/given-files.ts';
import { createQueue, type QueueFeature } from './features/exports/queue.ts';
import { createHosts, type HostsFeature } from './features/hosts/hosts.ts';
import { type Announcer, createAnnouncer } from './features/notices/announcer.ts';
import { createNotices, type Notice, type Notices } from './features/notices/notices.ts';
import { stepRate } from './features/player-bar/rate-steps.ts';
import { createProcesses, type ProcessesFeature } from './features/processes/processes.ts';
import { Reader } from './features/reading/reader.ts';
import { createSettings, type SettingsFeature } from './features/settings/settings.ts';
import { tellOfMissingVoice } from './features/voices/missing-voice.ts';
import { createVoices, type VoicesFeature } from './features/voices/voices.ts';
import type { AudioOutput } from './player/audio-output.ts';
import { Playback } from './player/playback.ts';

/** What is open in the page besides the text. */
export interface Surfaces {
  readonly isVoicePickerOpen: boolean;
  readonly isShortcutsOpen: boolean;
  readonly isAboutOpen: boolean;
  /** Of Aside; empty until main has told. */
  readonly version: string;
  /** The shell has dialogs of its own for files. */
  readonly hasDialogs: boolean;
}

const NOTHING_OPEN: Surfaces = {
  isVoicePickerOpen: false,
  isShortcutsOpen: false,
  isAboutOpen: false,
  hasDialogs: false,
  version: '',
};

/** Everything the page does, without what it looks like. */
export interface AppServices {
  readonly link: MainLink;
  readonly notices: Notices;
  readonly announcer: Announcer;
  readonly settings: SettingsFeature;
  readonly voices: VoicesFeature;
  readonly hosts: HostsFeature;
  readonly processes: ProcessesFeature;
  readonly editor: TextEditor;
  readonly playback: Playback;
  readonly reader: Reader;
  readonly documents: DocumentsFeature;
  readonly draft: DraftSaver;
  readonly exports: ExportsFeature;
  readonly queue: QueueFeature;
  readonly surfaces: StoreApi<Surfaces>;
  readonly commands: Commands;
}

export interface AppServicesOptions {
  openPort(): Port;
  readonly output: AudioOutput;
  /** See csp-nonce.ts. */
  readonly nonce: string;
}

export function createAppServices({ openPort, output, nonce }: AppServicesOptions): AppServices {
  const notices = createNotices();
  const announcer = createAnnouncer();
  const link = linkToMain(openPort, (error) => notices.problem('malformed', error));
  const settings = createSettings(link, notices);
  const voices = createVoices(link);
  const hosts = createHosts(link, notices, () => void voices.load());
  const processes = createProcesses({ link, hosts, notices, announcer });
  const editor = new TextEditor(nonce);
  const surfaces = createStore<Surfaces>(() => NOTHING_OPEN);

  const playback = createPlayback(link, output, settings, notices);
  const reader = new Reader({ editor, playback, notices, announcer });
  const draft = createDraftSaver(link, editor, notices, () => reader.placeToKeep);
  keepPlace(playback, draft);
  const documents = createDocuments({
    link,
    editor,
    notices,
    pickFile,
    hasDialogs: () => surfaces.getState().hasDialogs,
    stopReading: () => reader.stop(),
  });
  const exports = createExports({ link, editor, settings: settings.store, notices, announcer, download });
  const queue = createQueue({
    link,
    settings: settings.store,
    notices,
    announcer,
    pickFiles,
    onOpen: () => processes.close(),
    hasDialogs: () => surfaces.getState().hasDialogs,
  });
  const commands = createCommands({ queue, reader, settings, documents, exports, editor, surfaces, processes });
  tellOfMissingVoice({
    voices: voices.store,
    settings: settings.store,
    notices,
    openPicker: commands['choose-voice'],
  });
  link.on('menu.chosen', ({ command }) => {
    if (command === 'about') surfaces.setState({ isAboutOpen: true });
    else commands[command]();
  });
  link.on('problem.raised', (error) => notices.problem(`raised-${error.code}`, error));

  const services = {
    link,
    notices,
    announcer,
    settings,
    voices,
    hosts,
    processes,
    editor,
    playback,
    reader,
    documents,
    draft,
    exports,
    queue,
  };
  return { ...services, surfaces, commands };
}

function createPlayback(link: MainLink, output: AudioOutput, settings: SettingsFeature, notices: Notices): Playback {
  const playback = new Playback(link, output, settings.store.getState(), {
    onRetry: (error) => notices.show(wasEndedOnRequest(error) ? HOST_ENDED : HOST_REPLACED),
    onSoundTrouble: (trouble) => {
      const run = (): void => playback.resume();
      if (trouble.kind === 'lost') notices.problem('sound', trouble.error, { label: 'Try again', run });
      else notices.show({ ...NEEDS_CLICK, action: { label: 'Start the sound', run } });
    },
  });
  playback.store.subscribe(({ state }) => {
    if (state.phase === 'playing') notices.dismiss('sound');
    if (state.phase === 'failed') notices.dismiss(HOST_REPLACED.key); // the reading did not go on
  });
  settings.store.subscribe((now, before) => {
    if (now.voiceId !== before.voiceId || now.prosody !== before.prosody) playback.setManner(now);
  });
  return playback;
}

const HOST_REPLACED: Notice = {
  key: 'retry',
  intent: 'info',
  title: 'The voice process died and was replaced',
  detail: 'The reading went on.',
  lastsMs: 6_000,
};

const HOST_ENDED: Notice = { ...HOST_REPLACED, title: 'The voice process was ended and replaced' };

function wasEndedOnRequest(error: AsideError): boolean {
  return isAsideError(error, 'host-exited') && error.details.onRequest === true;
}

const NEEDS_CLICK: Notice = {
  key: 'sound',
  intent: 'warning',
  title: 'The browser holds back the sound',
  detail: 'It lets a page be heard only after a click.',
  lastsMs: null,
};

/** While something is read, the place is saved from time to time: after a crash the reading goes on about there. */
const KEEP_PLACE_EVERY_MS = 15_000;

function keepPlace(playback: Playback, draft: DraftSaver): void {
  let savedAtMs = 0;
  playback.store.subscribe(({ position }, before) => {
    if (position?.spoken?.sentence === before.position?.spoken?.sentence) return;
    if (performance.now() - savedAtMs < KEEP_PLACE_EVERY_MS) return;
    savedAtMs = performance.now();
    draft.touch();
  });
}

function createCommands(
  parts: Pick<
    AppServices,
    'reader' | 'settings' | 'documents' | 'exports' | 'editor' | 'surfaces' | 'processes' | 'queue'
  >,
): Commands {
  const { reader, settings, documents, exports, editor, surfaces, processes, queue } = parts;
  return {
    'play-pause': () => reader.playPause(),
    'play-from-beginning': () => reader.playFromBeginning(),
    stop: () => reader.stop(),
    'previous-sentence': () => reader.skip('previous'),
    'next-sentence': () => reader.skip('next'),
    slower: () => changeRate(settings, -1),
    faster: () => changeRate(settings, 1),
    open: () => documents.open(),
    export: () => exports.ask(),
    find: () => editor.find(),
    'choose-voice': () => surfaces.setState({ isVoicePickerOpen: true }),
    // There is room for one of them below the text.
    processes: () => {
      queue.close();
      processes.toggle();
    },
    queue: () => queue.toggle(),
    shortcuts: () => surfaces.setState({ isShortcutsOpen: true }),
  };
}

function changeRate(settings: SettingsFeature, steps: number): void {
  const { prosody }: Settings = settings.store.getState();
  settings.change({ prosody: { ...prosody, rate: stepRate(prosody.rate, steps) } });
}

/**
 * Asks main for everything that the page starts with, and after each reconnection for what it did not get yet. Never
 * rejects: what fails is told in the page.
 */
export async function loadApp(services: AppServices): Promise<void> {
  const { link, settings, voices, hosts, draft, queue, surfaces, notices } = services;
  const describe = async (): Promise<void> => {
    const { hasDialogs, version } = await link.request('app.describe', {});
    surfaces.setState({ hasDialogs, version });
  };
  const loads = [settings, draft, hosts, queue, voices].map((feature) => () => feature.load());
  let missing = [describe, ...loads];

  async function loadMissing(): Promise<void> {
    const tried = missing;
    const outcomes = await Promise.allSettled(tried.map((load) => load()));
    missing = tried.filter((_, index) => outcomes[index]?.status === 'rejected');
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue;
      const error = asAsideError(outcome.reason);
      if (error.code === 'disconnected') continue; // for that there is a banner
      notices.problem('load', error, { label: 'Try again', run: () => retry() });
    }
  }

  function retry(): void {
    notices.dismiss('load');
    void loadMissing();
  }

  link.onReconnected(retry);
  await loadMissing();
}
