import type { Timers } from '../../../protocol/contract/deadlines.ts';

/** A reload closes the only page and opens it again within this time, also on a slow machine. */
export const RELOAD_GRACE_MS = 5_000;
/** Time for a browser that Aside has opened to show the page. After it nobody would see that Aside still runs. */
export const FIRST_PAGE_TIMEOUT_MS = 120_000;

/** Told that no page is left and none is coming; `hadPages` is false when there never was one. */
export type OnNoPageLeft = (hadPages: boolean) => void;

export interface LastPageWatch {
  pageOpened(): void;
  pageClosed(): void;
  /** Stops watching. */
  stop(): void;
}

/**
 * A page is whatever a browser still needs Aside for: a page that is open, or a download that is being sent.
 * Tells, once, that no page is left and none is coming: `RELOAD_GRACE_MS` after the last one has closed, or
 * `firstPageTimeoutMs` after the start when none ever came (null: a person will come, in their own time).
 */
export function watchLastPage(
  onNoPageLeft: OnNoPageLeft,
  firstPageTimeoutMs: number | null,
  timers: Timers,
): LastPageWatch {
  let pages = 0;
  let hadPages = false;
  let isWatching = true;
  const tell = (): void => {
    isWatching = false; // a page that comes now, while the shell ends, makes no second time
    onNoPageLeft(hadPages);
  };
  let timer = firstPageTimeoutMs === null ? undefined : timers.set(tell, firstPageTimeoutMs);
  return {
    pageOpened: () => {
      pages += 1;
      hadPages = true;
      timers.clear(timer);
    },
    pageClosed: () => {
      pages -= 1;
      if (pages > 0 || !isWatching) return;
      timers.clear(timer);
      timer = timers.set(tell, RELOAD_GRACE_MS);
    },
    stop: () => {
      isWatching = false;
      timers.clear(timer);
    },
  };
}
