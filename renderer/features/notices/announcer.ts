import { createStore, type StoreApi } from 'zustand/vanilla';

/** What a screen reader is told beside what it reads by itself. Polite, and only what one would want to be told. */
export interface Announcer {
  readonly store: StoreApi<{ readonly message: string; readonly count: number }>;
  say(message: string): void;
}

export function createAnnouncer(): Announcer {
  const store = createStore(() => ({ message: '', count: 0 }));
  return { store, say: (message) => store.setState(({ count }) => ({ message, count: count + 1 })) };
}
