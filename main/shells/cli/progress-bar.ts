import type { ExportProgress } from '../../../protocol/model/export.ts';
import type { Console } from './console.ts';
import { clock, createTerminalBar } from './terminal-bar.ts';

export interface ProgressBar {
  update(progress: ExportProgress): void;
  stop(): void;
}

/** How far one export is, on a terminal. */
export function createProgressBar(stderr: Console['stderr'], title: string, isWanted: boolean): ProgressBar {
  const format = '{title} {bar} {percentage} %  {speed}  {left}';
  const bar = createTerminalBar(stderr, { format, barChars: 24, isWanted });
  return {
    update: ({ charsDone, charsTotal, timesRealTime, remainingMs }) => {
      const speed = timesRealTime === 0 ? '' : `${timesRealTime.toFixed(0)} × real time`;
      const left = remainingMs === null ? '' : `${clock(remainingMs)} left`;
      bar.draw(charsDone / charsTotal, { title, speed, left });
    },
    stop: bar.clear,
  };
}
