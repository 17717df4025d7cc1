import { AsideError, fromWireError, isAsideError } from '../errors.ts';
import { type Call, type CallOptions, cancelled, OpenCall, rejectedCall } from './call.ts';
import { checkMessage } from './check-message.ts';
import { chunkSpec, noChunkOf } from './chunk.ts';
import type { Timers } from './deadlines.ts';
import type {
  Contract,
  EventName,
  EventPayload,
  Method,
  Params,
  Progress,
  RequestSpec,
  Result,
} from './define-contract.ts';
import { type CallerEnvelope, ServerEnvelope } from './envelope.ts';
import type { Port } from './port.ts';

export interface Client<C extends Contract> {
  start<M extends Method<C>>(
    method: M,
    params: Params<C, M>,
    options?: CallOptions<Progress<C, M>>,
  ): Call<Result<C, M>>;
  /** `start(…).result`, for calls that need neither credit nor `settled`. */
  request<M extends Method<C>>(
    method: M,
    params: Params<C, M>,
    options?: CallOptions<Progress<C, M>>,
  ): Promise<Result<C, M>>;
  /** Returns a function that takes the listener off again. */
  on<E extends EventName<C>>(name: E, listener: (payload: EventPayload<C, E>) => void): () => void;
}

/**
 * Calls the requests of `contract` through `port`. Results, progress and events are validated on arrival; anything
 * malformed goes to `onMalformed` (for a host: kill it). When the port closes every open call rejects with the port's
 * reason: no promise outlives its connection.
 */
export function connect<C extends Contract>(
  contract: C,
  port: Port,
  options: { onMalformed: (error: AsideError) => void; timers?: Timers },
): Client<C> {
  const calls = new Map<number, OpenCall>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const send = (envelope: CallerEnvelope): void => port.send(envelope);
  let nextId = 0;
  let closed: AsideError | undefined;

  port.onMessage((message) => {
    try {
      receive(checkMessage(ServerEnvelope, message, 'message'));
    } catch (error) {
      if (!isAsideError(error, 'contract')) throw error;
      options.onMalformed(error);
    }
  });
  port.onClose((why) => {
    closed = why;
    for (const call of calls.values()) call.fail(naming(why, call.method));
    calls.clear();
  });

  function receive(envelope: ServerEnvelope): void {
    if (envelope.kind === 'event') {
      receiveEvent(envelope.name, envelope.payload);
      return;
    }
    const call = calls.get(envelope.id);
    if (!call) return; // of a call that this connection has already seen answered
    if (envelope.kind === 'progress') call.receiveProgress(envelope.item);
    if (envelope.kind === 'starved') call.receiveStarved();
    if (envelope.kind === 'result' || envelope.kind === 'error') calls.delete(envelope.id);
    if (envelope.kind === 'result') call.receiveResult(envelope.result);
    if (envelope.kind === 'error') call.fail(fromWireError(envelope.error));
  }

  function receiveEvent(name: string, payload: unknown): void {
    const schema = Object.hasOwn(contract.events, name) ? contract.events[name] : undefined;
    if (!schema) throw noEvent(contract.name, name);
    const checked = checkMessage(schema, payload, name);
    for (const listener of [...(listeners.get(name) ?? [])]) listener(checked);
  }

  function start(method: string, params: unknown, callOptions: CallOptions<never> = {}): Call<unknown> {
    if (closed) return rejectedCall(naming(closed, method));
    if (callOptions.signal?.aborted) return rejectedCall(cancelled(method));
    const id = nextId++;
    const single = contract.requests[method] as RequestSpec; // typed callers name requests of the contract only
    const { isChunk } = callOptions;
    if (isChunk && single.progress) return rejectedCall(noChunkOf(method));
    const spec = isChunk ? chunkSpec(single, params) : single;
    const call = new OpenCall({ id, method, spec }, callOptions as CallOptions<unknown>, send, options.timers);
    calls.set(id, call);
    try {
      send({ kind: 'request', id, method, params, ...(isChunk && { isChunk }) });
    } catch (error) {
      calls.delete(id);
      call.fail(unsendable(method, error));
    }
    return call;
  }

  return {
    start: start as Client<C>['start'], // parsed by the schema that the type is inferred from
    request: (method, params, callOptions) =>
      start(method, params, callOptions as CallOptions<never>).result as Promise<never>,
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener as (payload: unknown) => void);
      return () => set.delete(listener as (payload: unknown) => void);
    },
  };
}

/** One death, many open calls: each rejection names the call that it is about. */
function naming(why: AsideError, method: string): AsideError {
  if (!isAsideError(why, 'host-exited')) return why;
  const details = { ...why.details, request: method };
  return new AsideError('host-exited', `${why.message} while it answered ${method}`, { details, remedy: why.remedy });
}

function noEvent(contractName: string, name: string): AsideError {
  return new AsideError('contract', `message.name: no event named ${JSON.stringify(name)}`, {
    details: { path: 'message.name', expected: `an event of the ${contractName} contract`, got: name },
  });
}

function unsendable(method: string, error: unknown): AsideError {
  if (isAsideError(error)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new AsideError('refused', `${method} was not sent: ${reason}`, {
    details: { reason },
    remedy: 'Give it plain data: no functions, no objects with methods.',
    cause: error,
  });
}
