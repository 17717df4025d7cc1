import type { AppContract } from '../../protocol/contract/app-contract.ts';
import type { Handlers } from '../../protocol/contract/serve.ts';
import { AsideError } from '../../protocol/errors.ts';
import { type Added, MAX_QUEUE_ITEMS } from '../../protocol/model/export-queue.ts';
import type { ShellServices } from '../shell-services.ts';
import type { ExportQueue } from './export-queue.ts';
import type { QueueStore } from './queue-store.ts';
import { type QueuedText, textOfBytes, textOfFile } from './queued-text.ts';
import { textsInFolder } from './texts-in-folder.ts';

type QueueMethod = Extract<keyof AppContract['requests'], `exports.${string}`>;

export interface PageQueueParts {
  readonly queue: ExportQueue;
  readonly store: Pick<QueueStore, 'keep' | 'drop' | 'flush'>;
}

/** What a page may do with the queue that all pages share. Whatever it was told is added outlives a kill. */
export function createPageQueue(
  { queue, store }: PageQueueParts,
  shell: Pick<
    ShellServices,
    'hasDialogs' | 'chooseTexts' | 'chooseExportFolder' | 'reserveExportPlace' | 'adoptExportPlace' | 'reveal'
  >,
): Pick<Handlers<AppContract>, QueueMethod> {
  async function chooseFolder(): Promise<string | null> {
    const folder = await shell.chooseExportFolder();
    if (folder !== null) queue.setOutDir(folder);
    return queue.state().outDir;
  }

  async function add(texts: readonly QueuedText[]): Promise<Added> {
    let added = 0;
    try {
      const answer = queue.add(texts);
      added = answer.added;
      await store.flush();
      return answer;
    } finally {
      await store.drop(texts.slice(added));
    }
  }

  return {
    'exports.list': () => queue.state(),
    'exports.add': async ({ files }) => {
      const given = files.map(({ name, folder, bytes }) => textOfBytes(name, folder, bytes));
      return add(await Promise.all(given.map(store.keep)));
    },
    'exports.choose-texts': async ({ from }) => {
      const chosen = await shell.chooseTexts(from);
      const paths = from === 'files' ? chosen : (await Promise.all(chosen.map(textsBelow))).flat();
      return add(await Promise.all(paths.slice(0, MAX_QUEUE_ITEMS + 1).map(textOfFile)));
    },
    'exports.choose-folder': async () => ({ outDir: await chooseFolder() }),
    'exports.set-choices': (change) => did(() => queue.choose(change)),
    'exports.start': async (manner) => {
      const outDir = shell.hasDialogs ? (queue.state().outDir ?? (await chooseFolder())) : null;
      if (shell.hasDialogs && outDir === null) return { isRunning: false };
      queue.start({ ...manner, outDir, reserve: shell.reserveExportPlace, adopt: shell.adoptExportPlace });
      return { isRunning: queue.state().isRunning };
    },
    'exports.pause': () => did(() => queue.pause()),
    'exports.cancel': ({ id }) => did(() => queue.cancel(id)),
    'exports.retry': ({ id }) => did(() => queue.retry(id)),
    'exports.remove': ({ id }) => did(() => queue.remove(id)),
    'exports.clear': () => did(() => queue.clear()),
    'exports.move': ({ id, index }) => did(() => queue.move(id, index)),
    'exports.reveal': async ({ id }) => {
      const path = queue.pathOf(id);
      if (path === null) throw notMade();
      await shell.reveal(path);
      return {};
    },
  };
}

function did(work: () => void): Record<string, never> {
  work();
  return {};
}

/** One more than there is room for, so that the queue can tell that there are more. */
async function textsBelow(folder: string): Promise<string[]> {
  return textsInFolder(folder, MAX_QUEUE_ITEMS + 1).catch((cause: NodeJS.ErrnoException) => {
    throw new AsideError('file', `The folder ${folder} cannot be read: ${cause.message}`, {
      details: { path: folder, reason: cause.code ?? 'unknown' },
      remedy: 'Choose a folder that you may read.',
      cause,
    });
  });
}

function notMade(): AsideError<'refused'> {
  return new AsideError('refused', 'There is no finished file of that item', {
    details: { reason: 'not-exported' },
    remedy: 'Export it first.',
  });
}
