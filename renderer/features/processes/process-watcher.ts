import { systemTimers } from '../../../protocol/contract/deadlines.ts';
import type { AsideError } from '../../../protocol/errors.ts';
import { measureLoopDelay } from '../../../protocol/loop-delay.ts';
import type { ProcessesReport } from '../../../protocol/model/processes.ts';
import { asAsideError } from '../../as-aside-error.ts';
import type { MainLink } from '../../connection/main-link.ts';
import type { Moment } from './delay-history.ts';

export interface ProcessWatcher {
  /** Begins to watch, or ends it. Says the same again without effect. */
  want(isWanted: boolean): void;
}

export interface WatcherListener {
  onReport(report: ProcessesReport, moment: Moment): void;
  /** It has begun (null), or ended by what went wrong. A connection that is gone is not told: that shows by itself. */
  onFailure(failure: AsideError | null): void;
}

/** Has main measure, and measures the page meanwhile. */
export function createProcessWatcher(link: MainLink, listener: WatcherListener): ProcessWatcher {
  let watching: AbortController | null = null;

  async function watch(abort: AbortController): Promise<void> {
    const delay = measureLoopDelay(systemTimers, () => performance.now());
    const onProgress = (report: ProcessesReport): void => {
      const { atMs, spanMs, mainDelayMs, blockedMs } = report;
      listener.onReport(report, { atMs, spanMs, mainDelayMs, blockedMs, pageDelayMs: delay.take() });
    };
    listener.onFailure(null);
    try {
      await link.request('processes.watch', {}, { signal: abort.signal, onProgress });
    } catch (error) {
      const failure = asAsideError(error);
      if (!abort.signal.aborted && failure.code !== 'disconnected') listener.onFailure(failure);
    } finally {
      delay.stop();
      if (watching === abort) watching = null;
    }
  }

  return {
    want: (isWanted) => {
      if (isWanted === (watching !== null)) return;
      watching?.abort();
      watching = isWanted ? new AbortController() : null;
      if (watching) void watch(watching);
    },
  };
}
