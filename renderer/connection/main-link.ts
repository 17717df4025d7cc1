import { createStore, type StoreApi } from 'zustand/vanilla';
import { type AppContract, appContract } from '../../protocol/contract/app-contract.ts';
import { type Client, connect } from '../../protocol/contract/connect.ts';
import type { Port } from '../../protocol/contract/port.ts';
import type { AsideError } from '../../protocol/errors.ts';
import { asAsideError } from '../as-aside-error.ts';

export type LinkState =
  | { readonly kind: 'connected' }
  | { readonly kind: 'disconnected'; readonly why: AsideError }
  | { readonly kind: 'reconnecting'; readonly why: AsideError };

/** The connection to main, as a client that stays the same when the connection is made anew. */
export interface MainLink extends Client<AppContract> {
  readonly state: StoreApi<LinkState>;
  /** Tries once; the state tells whether it worked. Open calls were rejected when the old connection ended. */
  reconnect(): Promise<void>;
  /** Called after each reconnection: time to tell main again what it may have missed. */
  onReconnected(listener: () => void): void;
}

/** @param onMalformed main sent something that is not in the contract */
export function linkToMain(openPort: () => Port, onMalformed: (error: AsideError) => void): MainLink {
  const state = createStore<LinkState>(() => ({ kind: 'connected' }));
  const subscriptions: ((client: Client<AppContract>) => void)[] = [];
  const reconnected: (() => void)[] = [];
  let client = open();

  function open(): Client<AppContract> {
    const port = openPort();
    const opened = connect(appContract, port, { onMalformed });
    port.onClose((why) => {
      if (client === opened) state.setState({ kind: 'disconnected', why }, true);
    });
    return opened;
  }

  async function reconnect(): Promise<void> {
    const before = state.getState();
    if (before.kind !== 'disconnected') return;
    state.setState({ kind: 'reconnecting', why: before.why }, true);
    const candidate = open();
    try {
      await candidate.request('app.describe', {});
    } catch (error) {
      state.setState({ kind: 'disconnected', why: asAsideError(error) }, true);
      return;
    }
    client = candidate;
    for (const subscribe of subscriptions) subscribe(client);
    state.setState({ kind: 'connected' }, true);
    for (const listener of reconnected) listener();
  }

  return {
    state,
    reconnect,
    start: (method, params, options) => client.start(method, params, options),
    request: (method, params, options) => client.request(method, params, options),
    on: (name, listener) => {
      let isOn = true;
      let off = client.on(name, listener);
      subscriptions.push((next) => {
        if (isOn) off = next.on(name, listener);
      });
      return () => {
        isOn = false;
        off();
      };
    },
    onReconnected: (listener) => reconnected.push(listener),
  };
}
