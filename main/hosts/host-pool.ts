import type { Call, CallOptions } from '../../protocol/contract/call.ts';
import type { Contract, Method, Params, Progress, Result } from '../../protocol/contract/define-contract.ts';
import type { HostStatus } from '../../protocol/model/host-status.ts';

export interface PoolCallOptions<Item> extends CallOptions<Item> {
  /** Called when a host takes the call, with its process id; again if nothing else, never for a call that stays queued. */
  readonly onAssigned?: (pid: number) => void;
}

/**
 * Hosts of one engine behind one door. A call goes to an idle host; while one is busy a further host is kept ready (the
 * warm spare), so the next call and the replacement of a dead host start at once. Calls beyond `maxBusy` wait in a
 * bounded queue. A host that dies takes its own call with it and no other.
 */
export interface HostPool<C extends Contract> {
  /** Credit granted before a host has taken the call is kept for it. Rejects with any host or request error. */
  start<M extends Method<C>>(
    method: M,
    params: Params<C, M>,
    options?: PoolCallOptions<Progress<C, M>>,
  ): Call<Result<C, M>>;
  request<M extends Method<C>>(
    method: M,
    params: Params<C, M>,
    options?: PoolCallOptions<Progress<C, M>>,
  ): Promise<Result<C, M>>;
  /** One entry a slot. */
  status(): HostStatus[];
  /** Calls back after each change of `status()`. Returns the function that takes it off. */
  onChange(listener: () => void): () => void;
  /** Gives slots that gave up a fresh budget and starts them. */
  retry(): void;
  /** Rejects what waits and runs, shuts hosts down, kills those that do not go. Resolves when no process is left. */
  close(): Promise<void>;
}
