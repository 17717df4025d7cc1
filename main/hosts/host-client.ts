import type { Call, CallOptions } from '../../protocol/contract/call.ts';
import type { Client } from '../../protocol/contract/connect.ts';
import { systemTimers, type Timers } from '../../protocol/contract/deadlines.ts';
import type { Contract, Method, Params, Progress, Result } from '../../protocol/contract/define-contract.ts';
import { type AsideError, isAsideError } from '../../protocol/errors.ts';

/** What a call tells the supervisor of its host. */
export interface HostCallListener {
  /** The host has shown progress. */
  onProgress(): void;
  /** The caller has been told that it is over, by a cancel or a deadline; the host may not know yet. */
  onAbandoned(why: AsideError): void;
  /** The host has not ended the abandoned call in time: it is deaf. */
  onDeaf(): void;
  /** The host has answered, or its connection is gone. */
  onSettled(): void;
}

export interface HostCallTimes {
  /** How long a host may take to end an abandoned call. */
  readonly cancelGraceMs: number;
  readonly timers?: Timers;
}

/** Starts a call on a host that is free. The caller of an abandoned call is told first, the host second. */
export function callHost<C extends Contract, M extends Method<C>>(
  client: Client<C>,
  method: M,
  params: Params<C, M>,
  options: CallOptions<Progress<C, M>>,
  listener: HostCallListener,
  { cancelGraceMs, timers = systemTimers }: HostCallTimes,
): Call<Result<C, M>> {
  let isSettled = false;
  let grace: unknown;
  const call = client.start(method, params, {
    ...options,
    onProgress: (item) => {
      listener.onProgress();
      options.onProgress?.(item);
    },
  });
  call.result.catch((error: unknown) => {
    if (isSettled || !isAsideError(error, 'request-cancelled', 'request-timeout')) return;
    listener.onAbandoned(error);
    grace = timers.set(() => listener.onDeaf(), cancelGraceMs);
  });
  void call.settled.then(() => {
    isSettled = true;
    timers.clear(grace);
    listener.onSettled();
  });
  return call;
}
