import cliProgress from 'cli-progress';
import type { ExportProgress } from '../../../protocol/model/export.ts';
import type { Console } from './console.ts';

export interface ProgressBar {
  update(progress: ExportProgress): void;
  stop(): void;
}

/** A bar on stderr when that is a terminal; otherwise nothing. */
export function createProgressBar(stderr: Console['stderr'], title: string): ProgressBar {
  if (!stderr.isTTY) return { update: () => {}, stop: () => {} };
  const bar = new cliProgress.SingleBar(
    {
      stream: stderr as NodeJS.WriteStream,
      format: `${title} {bar} {percentage} %  {speed}  {left}`,
      hideCursor: true,
      clearOnComplete: true,
      barsize: 24,
    },
    cliProgress.Presets.shades_classic,
  );
  let isStarted = false;
  return {
    update: ({ charsDone, charsTotal, timesRealTime, remainingMs }) => {
      if (!isStarted) bar.start(charsTotal, 0, { speed: '', left: '' });
      isStarted = true;
      const speed = timesRealTime === 0 ? '' : `${timesRealTime.toFixed(0)} × real time`;
      const left = remainingMs === null ? '' : `${clock(remainingMs)} left`;
      bar.update(charsDone, { speed, left });
    },
    stop: () => {
      if (isStarted) bar.stop();
      isStarted = false;
    },
  };
}

/** `0:07`, `12:34`, `1:02:03` */
export function clock(ms: number): string {
  const total = Math.ceil(ms / 1000);
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60) % 60;
  const seconds = String(total % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}
