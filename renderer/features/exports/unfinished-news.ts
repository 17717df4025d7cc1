import type { ExportQueueState } from '../../../protocol/model/export-queue.ts';
import type { Notices } from '../notices/notices.ts';

const KEY = 'unfinished-exports';

export interface UnfinishedNews {
  /** Tells, once, of what an earlier run of Aside has not finished or not begun. */
  tell(queue: ExportQueueState): void;
  /** Takes it back once somebody has seen to it. */
  changed(queue: ExportQueueState): void;
}

export function createUnfinishedNews(notices: Notices, open: () => void): UnfinishedNews {
  let isTold = false;
  const seeTo = (): void => {
    notices.dismiss(KEY);
    open();
  };
  const action = { label: 'Open the export queue', run: seeTo };
  return {
    tell: (queue) => {
      const news = newsOf(queue);
      if (isTold || news === null) return;
      isTold = true;
      notices.show({ ...news, key: KEY, intent: 'info', action, lastsMs: null });
    },
    changed: (queue) => {
      if (newsOf(queue) === null) notices.dismiss(KEY);
    },
  };
}

function newsOf({ items, isRunning }: ExportQueueState): { title: string; detail: string } | null {
  const count = (kind: 'paused' | 'waiting'): number => items.filter(({ state }) => state.kind === kind).length;
  return isRunning ? null : unfinishedNews(count('paused'), count('waiting'));
}

function unfinishedNews(paused: number, waiting: number): { title: string; detail: string } | null {
  const wait = waiting === 1 ? 'A text waits in the export queue' : `${waiting} texts wait in the export queue`;
  if (paused === 0) return waiting === 0 ? null : { title: wait, detail: 'Nothing is made before you start it.' };
  const them = paused === 1 ? 'it' : 'them';
  const detail = `What is done of ${them} is kept. The export queue goes on from there, or removes ${them}.`;
  return {
    title: paused === 1 ? 'An export is not finished' : `${paused} exports are not finished`,
    detail: waiting === 0 ? detail : `${detail} ${wait}, not begun.`,
  };
}
