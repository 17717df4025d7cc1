import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AsideError, WireError } from '../../../protocol/errors.ts';

export interface NoticeAction {
  readonly label: string;
  run(): void;
}

/** Something that happened, told where it does not get in the way. */
export interface Notice {
  /** A notice takes the place of the one with the same key. */
  readonly key: string;
  readonly intent: 'info' | 'success' | 'warning' | 'error';
  readonly title: string;
  /** What to do, or more of what happened. */
  readonly detail?: string;
  readonly action?: NoticeAction;
  /** Goes away by itself; null stays until it is closed. */
  readonly lastsMs: number | null;
}

export interface Notices {
  readonly store: StoreApi<readonly Notice[]>;
  show(notice: Notice): void;
  dismiss(key: string): void;
  /** An error and its remedy. Stays until it is closed. */
  problem(key: string, error: AsideError | WireError, action?: NoticeAction): void;
}

/** More would hide the text. The oldest goes first. */
const MAX_NOTICES = 3;

export function createNotices(): Notices {
  const store = createStore<readonly Notice[]>(() => []);
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  function dismiss(key: string): void {
    clearTimeout(timers.get(key));
    timers.delete(key);
    store.setState((notices) => notices.filter((notice) => notice.key !== key), true);
  }

  function show(notice: Notice): void {
    dismiss(notice.key);
    store.setState((notices) => [...notices, notice].slice(-MAX_NOTICES), true);
    if (notice.lastsMs !== null)
      timers.set(
        notice.key,
        setTimeout(() => dismiss(notice.key), notice.lastsMs),
      );
  }

  return {
    store,
    show,
    dismiss,
    problem: (key, error, action) =>
      show({
        key,
        intent: 'error',
        title: error.message,
        ...(error.remedy !== '' && { detail: error.remedy }),
        ...(action && { action }),
        lastsMs: null,
      }),
  };
}
