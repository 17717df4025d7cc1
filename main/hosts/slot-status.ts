import type { HostStatus } from '../../protocol/model/host-status.ts';

/** What is known of one slot and its host. `engine` is any name here; the app's own engines are known at its border. */
export type SlotStatus = Omit<HostStatus, 'engine'> & { readonly engine: string };
