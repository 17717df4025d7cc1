import { availableParallelism } from 'node:os';
import { type AppContract, appContract } from '../protocol/contract/app-contract.ts';
import { systemTimers } from '../protocol/contract/deadlines.ts';
import type { Port } from '../protocol/contract/port.ts';
import type { Server } from '../protocol/contract/serve.ts';
import { serve } from '../protocol/contract/serve.ts';
import { type AsideError, toWireError } from '../protocol/errors.ts';
import type { EngineId } from '../protocol/model/voice.ts';
import { readDocumentFile } from './documents/read-document.ts';
import { createAppExports } from './exports/app-exports.ts';
import type { Launcher } from './hosts/launcher.ts';
import type { Log } from './logging/log.ts';
import { createPageHandlers } from './page-handlers.ts';
import { allHosts } from './processes/all-hosts.ts';
import { isDeveloper } from './processes/installation.ts';
import { createMisbehaviours } from './processes/misbehave.ts';
import { sampleThisProcess } from './processes/process-meter.ts';
import { createProcessWatch } from './processes/process-watch.ts';
import { openDraftStore } from './settings/draft-store.ts';
import { openSettingsStore } from './settings/settings-store.ts';
import type { ShellServices } from './shell-services.ts';
import { withChosenVoice } from './speech/chosen-voice.ts';
import { createEngines } from './speech/engines.ts';

export interface AppOptions {
  /** Where settings, draft and log live. Created when missing. */
  readonly dataDir: string;
  readonly launcher: Launcher;
  /** Absolute path of the host program. */
  readonly hostEntryPath: string;
  /** The same of the program `audio-host.cjs`. */
  readonly audioHostEntryPath: string;
  readonly engines: readonly EngineId[];
  readonly version: string;
  /** BCP-47; the voice of a user who has chosen none speaks it. */
  readonly systemLanguage: string;
  readonly log: Log;
}

export interface App {
  /** Targets of what earlier runs were told to make and have not made, which the queue offers again. */
  readonly unfinishedTargets: readonly string[];
  /**
   * Answers the page at the other end of `port` until the port closes; its plays and exports end with it. A message
   * that is no envelope goes to `onMalformed`.
   */
  servePage(port: Port, services: ShellServices, onMalformed: (error: AsideError) => void): Server<AppContract>;
  /** Reads a file that the system asked to open, and shows it, or why not, on all pages. Never rejects. */
  openFile(path: string): Promise<void>;
  /** Saves what is not yet on disk and ends all hosts. Resolves when no process is left. */
  close(): Promise<void>;
}

/** The whole of Aside but its shell. Starts no process before the first page asks for something. */
export async function createApp(options: AppOptions): Promise<App> {
  const { log } = options;
  const pages = new Set<Server<AppContract>>();
  const tell = (what: (page: Server<AppContract>) => void): void => {
    for (const page of pages) what(page);
  };
  const raise = (error: AsideError): void => {
    log.warn(error.message, { code: error.code });
    tell((page) => page.emit('problem.raised', toWireError(error)));
  };
  const store = { dir: options.dataDir, onProblem: raise, log };
  const settings = await openSettingsStore(store);
  const draft = await openDraftStore(store);
  const jobs = availableParallelism();
  const engines = createEngines({ ...options, jobs });
  const exports = await createAppExports({
    ...options,
    jobs,
    engines: { ...engines, voices: withChosenVoice(engines.voices, settings.get) },
    raise,
    onChange: (state) => tell((page) => page.emit('exports.changed', state)),
    onProgress: (id, progress) => tell((page) => page.emit('exports.progressed', { id, progress })),
  });
  const hosts = allHosts(engines, exports.audio.pool);
  const processes = {
    watch: createProcessWatch({
      hosts,
      sampleMain: sampleThisProcess,
      timers: systemTimers,
      now: () => performance.now(),
    }),
    misbehaviours: createMisbehaviours(engines, isDeveloper(options.engines)),
    installation: options,
  };
  hosts.onChange(() => tell((page) => page.emit('hosts.changed', { hosts: hosts.status() })));

  return {
    unfinishedTargets: exports.unfinishedTargets,
    servePage: (port, services, onMalformed) => {
      const { handlers, close } = createPageHandlers({
        version: options.version,
        services,
        settings,
        draft,
        engines,
        hosts,
        exports,
        processes,
      });
      const page = serve(appContract, port, handlers, onMalformed);
      pages.add(page);
      port.onClose(() => {
        pages.delete(page);
        close();
      });
      return page;
    },
    openFile: async (path) => {
      try {
        const document = await readDocumentFile(path);
        tell((page) => page.emit('document.opened', document));
      } catch (error) {
        raise(error as AsideError);
      }
    },
    close: async () => {
      await Promise.all([settings.flush(), draft.flush(), exports.close(), engines.close()]);
    },
  };
}
