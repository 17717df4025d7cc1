import { createStore, type StoreApi } from 'zustand/vanilla';
import { isAsideError } from '../../../protocol/errors.ts';
import type { HostStatus } from '../../../protocol/model/host-status.ts';
import type { MainLink } from '../../connection/main-link.ts';
import type { Notices } from '../notices/notices.ts';

export interface HostsFeature {
  readonly store: StoreApi<readonly HostStatus[]>;
  load(): Promise<void>;
  /** Takes what is newer than the last change that main told of. */
  show(hosts: readonly HostStatus[]): void;
  /** Starts again what gave up. */
  retry(): void;
}

export function createHosts(link: MainLink, notices: Notices, onRetried: () => void): HostsFeature {
  const store = createStore<readonly HostStatus[]>(() => []);
  link.on('hosts.changed', ({ hosts }) => store.setState(hosts, true));
  async function load(): Promise<void> {
    const { hosts } = await link.request('hosts.list', {});
    store.setState(hosts, true);
  }
  async function retry(): Promise<void> {
    try {
      await link.request('hosts.retry', {});
      onRetried();
    } catch (error) {
      if (isAsideError(error)) notices.problem('hosts-retry', error);
    }
  }
  link.onReconnected(() => void load().catch(() => {})); // without a connection there is a banner about that
  return { store, load, show: (hosts) => store.setState(hosts, true), retry: () => void retry() };
}

/**
 * The first host that gave up, whose error says why the voice does not start. An engine that cannot run here is none
 * that stopped, as long as another speaks: that is told where voices are chosen.
 */
export function gaveUp(hosts: readonly HostStatus[]): HostStatus | undefined {
  const isAlone = (engine: string): boolean =>
    hosts.every((other) => other.engine === engine || other.state === 'gave-up');
  return hosts.find(
    ({ state, lastError, engine }) =>
      state === 'gave-up' && (lastError?.code !== 'engine-unavailable' || isAlone(engine)),
  );
}
