import { createStore, type StoreApi } from 'zustand/vanilla';
import { isAsideError } from '../../../protocol/errors.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../protocol/model/settings.ts';
import type { MainLink } from '../../connection/main-link.ts';
import type { Notices } from '../notices/notices.ts';

/** What the user chose, as the page shows it. Main keeps it on disk. */
export interface SettingsFeature {
  readonly store: StoreApi<Settings>;
  load(): Promise<void>;
  /** Applies at once and is saved soon. */
  change(patch: Partial<Settings>): void;
  /** Saves now what has not been saved yet: the page may be going away. */
  flush(): void;
}

const SAVE_DELAY_MS = 400;

export function createSettings(link: MainLink, notices: Notices): SettingsFeature {
  const store = createStore<Settings>(() => DEFAULT_SETTINGS);
  let unsaved: Partial<Settings> = {};
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function load(): Promise<void> {
    const loaded = await link.request('settings.load', {});
    // What was changed while they were on their way stays.
    store.setState({ ...loaded.settings, ...unsaved }, true);
    for (const [index, notice] of loaded.notices.entries()) notices.problem(`settings-notice-${index}`, notice);
  }

  async function save(): Promise<void> {
    clearTimeout(timer);
    const patch = unsaved;
    if (Object.keys(patch).length === 0) return;
    unsaved = {};
    try {
      await link.request('settings.save', patch);
    } catch (error) {
      unsaved = { ...patch, ...unsaved };
      // A connection that is gone has a banner of its own; it is saved when the connection is back.
      if (isAsideError(error) && error.code !== 'disconnected') notices.problem('settings-save', error);
    }
  }

  link.onReconnected(() => void save());
  return {
    store,
    load,
    change: (patch) => {
      unsaved = { ...unsaved, ...patch };
      store.setState(patch);
      clearTimeout(timer);
      timer = setTimeout(() => void save(), SAVE_DELAY_MS);
    },
    flush: () => void save(),
  };
}
