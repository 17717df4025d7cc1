import type { AppContract } from '../protocol/contract/app-contract.ts';
import type { Handlers } from '../protocol/contract/serve.ts';
import { decodeDocument, readDocumentFile } from './documents/read-document.ts';
import type { AppExports } from './exports/app-exports.ts';
import { createPageExports } from './exports/page-exports.ts';
import { createPageQueue } from './exports/page-queue.ts';
import { createPageProcesses, type PageProcessesParts } from './processes/page-processes.ts';
import type { DraftStore } from './settings/draft-store.ts';
import type { SettingsStore } from './settings/settings-store.ts';
import type { ShellServices } from './shell-services.ts';
import { withChosenVoice } from './speech/chosen-voice.ts';
import type { Engines } from './speech/engines.ts';
import type { AllHosts } from './speech/hosts-as-one.ts';
import { createPlays } from './speech/plays.ts';

export interface PageDependencies {
  readonly version: string;
  readonly services: ShellServices;
  readonly settings: SettingsStore;
  readonly draft: DraftStore;
  readonly engines: Engines;
  readonly hosts: AllHosts;
  /** One of each for all pages. */
  readonly exports: AppExports;
  readonly processes: Pick<PageProcessesParts, 'watch' | 'misbehaviours' | 'installation'>;
}

/** One page's view of the app: each request of the contract, and the feature that answers it. */
export function createPageHandlers(dependencies: PageDependencies): {
  handlers: Handlers<AppContract>;
  close(): void;
} {
  const { version, services, settings, draft, engines, hosts, exports, processes } = dependencies;
  const voices = withChosenVoice(engines.voices, settings.get);
  const plays = createPlays({ ...engines, voices });

  const handlers: Handlers<AppContract> = {
    'app.describe': () => ({ version, shell: services.shell, hasDialogs: services.hasDialogs }),
    'voices.list': () => voices.list(),
    'document.decode': ({ name, bytes }) => decodeDocument(name, bytes),
    'document.choose': async () => {
      const path = await services.chooseFileToOpen();
      return path === null ? null : readDocumentFile(path);
    },
    'draft.load': () => draft.get(),
    'draft.save': (value) => {
      draft.set(value);
      return {};
    },
    'settings.load': () => {
      services.showTheme(settings.get().theme);
      const notices = [settings, draft, exports.store].flatMap((store) => store.takeNotices());
      return { settings: settings.get(), notices };
    },
    'settings.save': (patch) => {
      const saved = settings.patch(patch);
      services.showTheme(saved.theme);
      return saved;
    },
    'speech.play': plays.play,
    'speech.steer': plays.steer,
    ...createPageExports({ ...exports, places: services }),
    ...createPageQueue(exports, services),
    'hosts.list': () => ({ hosts: hosts.status() }),
    'hosts.retry': () => {
      hosts.retry();
      return {};
    },
    ...createPageProcesses({ ...processes, hosts, services }),
  };
  return { handlers, close: plays.close };
}
