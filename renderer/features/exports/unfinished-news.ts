import type { ExportQueueState } from '../../../protocol/model/export-queue.ts';
import type { Notices } from '../notices/notices.ts';

/**
 * Tells, once, of what an earlier run of Aside has not finished or not begun: it waits until somebody goes on with it or
 * removes it.
 */
export function createUnfinishedNews(notices: Notices, open: () => void): (queue: ExportQueueState) => void {
  let isTold = false;
  return ({ items, isRunning }) => {
    const count = (kind: 'paused' | 'waiting'): number => items.filter(({ state }) => state.kind === kind).length;
    const news = unfinishedNews(count('paused'), count('waiting'));
    if (isTold || news === null || isRunning) return;
    isTold = true;
    notices.show({
      ...news,
      key: 'unfinished-exports',
      intent: 'info',
      action: { label: 'Open the export queue', run: open },
      lastsMs: null,
    });
  };
}

function unfinishedNews(paused: number, waiting: number): { title: string; detail: string } | null {
  const wait = waiting === 1 ? 'A text waits in the export queue' : `${waiting} texts wait in the export queue`;
  if (paused === 0) return waiting === 0 ? null : { title: wait, detail: 'Nothing is made before you start it.' };
  const detail = 'What is done of it is kept. The export queue goes on from there, or removes it.';
  return {
    title: paused === 1 ? 'An export is not finished' : `${paused} exports are not finished`,
    detail: waiting === 0 ? detail : `${detail} ${wait}.`,
  };
}
