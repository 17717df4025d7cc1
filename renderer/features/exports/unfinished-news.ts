import type { ExportQueueState } from '../../../protocol/model/export-queue.ts';
import type { Notices } from '../notices/notices.ts';

/** Tells, once, of what an earlier run of Aside has not finished: it waits until somebody goes on with it or removes it. */
export function createUnfinishedNews(notices: Notices, open: () => void): (queue: ExportQueueState) => void {
  let isTold = false;
  return ({ items, isRunning }) => {
    const waiting = items.filter(({ state }) => state.kind === 'paused').length;
    if (isTold || waiting === 0 || isRunning) return;
    isTold = true;
    notices.show({
      key: 'unfinished-exports',
      intent: 'info',
      title: waiting === 1 ? 'An export is not finished' : `${waiting} exports are not finished`,
      detail: 'What is done of it is kept. The export queue goes on from there, or removes it.',
      action: { label: 'Open the export queue', run: open },
      lastsMs: null,
    });
  };
}
