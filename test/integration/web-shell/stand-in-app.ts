import { writeFile } from 'node:fs/promises';
import type { App } from '../../../main/app.ts';
import { ExportQueue } from '../../../main/exports/export-queue.ts';
import { createPageQueue } from '../../../main/exports/page-queue.ts';
import { outputsOf } from '../../../main/exports/queue-entry.ts';
import { UNSAVED_QUEUE } from '../../../main/exports/queue-store.ts';
import { appContract } from '../../../protocol/contract/app-contract.ts';
import { type Handlers, type Server, serve } from '../../../protocol/contract/serve.ts';
import { EMPTY_DRAFT } from '../../../protocol/model/draft.ts';
import { DEFAULT_SETTINGS } from '../../../protocol/model/settings.ts';
import { installation } from '../../fixtures/contracts/model-samples.ts';

/** What the stand-in writes for every export. */
export const EXPORTED_BYTES = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));

const NO_EXPORTS = {
  maker: {
    make: () => Promise.reject(new Error('no exports here')),
    resume: () => Promise.reject(new Error('nothing was begun')),
    discard: () => Promise.resolve(),
    forget: () => {},
  },
  read: () => Promise.reject(new Error('no exports here')),
  concurrency: 1,
  onChange: () => {},
  onProgress: () => {},
};

export type StandInApp = Pick<App, 'servePage'> & { readonly pages: ReadonlySet<Server<typeof appContract>> };

/** Keeps to the contract without a voice: enough to see what a shell carries and what it stops. */
export function createStandInApp(): StandInApp {
  const pages = new Set<Server<typeof appContract>>();
  let draft = EMPTY_DRAFT;
  return {
    pages,
    servePage: (port, services, onMalformed) => {
      const nothing = (): Record<string, never> => ({});
      const handlers: Handlers<typeof appContract> = {
        'app.describe': () => ({ version: '0.0.0', shell: services.shell, hasDialogs: services.hasDialogs }),
        'voices.list': () => ({ voices: [], problems: [] }),
        'document.decode': ({ name, bytes }) => ({
          name,
          text: String(bytes.byteLength),
          format: 'text',
          encoding: 'UTF-8',
        }),
        'document.choose': async () => {
          await services.chooseFileToOpen();
          return null;
        },
        'draft.load': () => draft,
        'draft.save': (value) => {
          draft = value;
          return {};
        },
        'settings.load': () => ({ settings: DEFAULT_SETTINGS, notices: [] }),
        'settings.save': () => DEFAULT_SETTINGS,
        'speech.play': nothing,
        'speech.steer': ({ from }) => ({ charIndex: from.charIndex }),
        'export.start': async ({ title }) => {
          const place = await services.chooseExportTarget(`${title}.wav`);
          if (place === null) return { kind: 'declined' };
          await writeFile(place.path, EXPORTED_BYTES);
          const outputs = outputsOf(place, [place.path]);
          return { kind: 'saved', outputs, durationMs: 1, bytes: EXPORTED_BYTES.length };
        },
        'export.reveal': async ({ path }) => {
          await services.reveal(path);
          return {};
        },
        ...createPageQueue({ queue: new ExportQueue(NO_EXPORTS), store: UNSAVED_QUEUE }, services),
        'hosts.list': () => ({ hosts: [] }),
        'hosts.retry': nothing,
        'hosts.end': nothing,
        'hosts.restart': nothing,
        'processes.describe': () => installation,
        'processes.watch': nothing,
        'developer.misbehave': () => ({ pid: null, error: null }),
      };
      const page = serve(appContract, port, handlers, onMalformed);
      pages.add(page);
      port.onClose(() => pages.delete(page));
      return page;
    },
  };
}
