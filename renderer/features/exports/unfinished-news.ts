import type { StoreApi } from 'zustand/vanilla';
import type { ExportQueueState } from '../../../protocol/model/export-queue.ts';
import type { Notices } from '../notices/notices.ts';

const KEY = 'unfinished-exports';

/**
 * Tells, once, of what an earlier run of Aside has not finished or not begun. Takes it back when somebody has seen to it, or
 * sees the queue.
 */
export function createUnfinishedNews(
  notices: Notices,
  open: () => void,
  panel: Pick<StoreApi<{ readonly isOpen: boolean; readonly queue: ExportQueueState }>, 'subscribe'>,
): (queue: ExportQueueState) => void {
  let isTold = false;
  return (queue) => {
    const news = newsOf(queue);
    if (isTold || news === null) return;
    isTold = true;
    const action = { label: 'Open the export queue', run: open };
    notices.show({ ...news, key: KEY, intent: 'info', action, lastsMs: null });
    const unsubscribe = panel.subscribe((state) => {
      if (!state.isOpen && newsOf(state.queue) !== null) return;
      unsubscribe();
      notices.dismiss(KEY);
    });
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
