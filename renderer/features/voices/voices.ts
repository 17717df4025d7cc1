import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AsideError, WireError } from '../../../protocol/errors.ts';
import type { UnusableVoice, Voice, VoiceReplacement } from '../../../protocol/model/voice.ts';
import { asAsideError } from '../../as-aside-error.ts';
import type { MainLink } from '../../connection/main-link.ts';

export type VoiceListState =
  | { readonly kind: 'loading' }
  | {
      readonly kind: 'loaded';
      readonly voices: readonly Voice[];
      /** Why engines have no voices here. */
      readonly problems: readonly WireError[];
      readonly unusable: readonly UnusableVoice[];
      /** What becomes of the chosen voice, where it is not here; null where it is. */
      readonly replacement: VoiceReplacement | null;
    }
  | { readonly kind: 'failed'; readonly error: AsideError };

export interface VoicesFeature {
  readonly store: StoreApi<VoiceListState>;
  /** Asks main, also again after a failure. Never rejects: the state tells. */
  load(): Promise<void>;
}

export function createVoices(link: MainLink): VoicesFeature {
  const store = createStore<VoiceListState>(() => ({ kind: 'loading' }));
  async function load(): Promise<void> {
    if (store.getState().kind !== 'loaded') store.setState({ kind: 'loading' }, true);
    try {
      const { voices, problems, unusable = [], replacement = null } = await link.request('voices.list', {});
      store.setState({ kind: 'loaded', voices, problems, unusable, replacement }, true);
    } catch (error) {
      if (store.getState().kind === 'loaded') return; // a list from before the connection broke is better than none
      store.setState({ kind: 'failed', error: asAsideError(error) }, true);
    }
  }
  link.onReconnected(() => void load());
  return { store, load };
}
