import { AsideError, toWireError } from '../errors.ts';
import { checkMessage } from './check-message.ts';
import type {
  Contract,
  EventName,
  EventPayload,
  Method,
  ParsedParams,
  Progress,
  RequestSpec,
  Result,
} from './define-contract.ts';
import { CallerEnvelope, type ServerEnvelope } from './envelope.ts';
import type { Port } from './port.ts';

/** What a handler knows of its call besides the parameters. */
export interface CallContext<Item> {
  readonly id: number;
  /** Aborted when the caller cancels or goes away. A handler that sees it stops; what it answers is then ignored. */
  readonly signal: AbortSignal;
  /** Reports progress. Does nothing once the call is answered. */
  progress(item: Item): void;
  /** Says that this call waits for credit. */
  starved(): void;
  /** Calls back with each further budget in bytes. One listener at a time; budgets that came earlier are kept for it. */
  onCredit(listener: (bytes: number) => void): void;
}

export type Handlers<C extends Contract> = {
  readonly [M in Method<C>]: (
    params: ParsedParams<C, M>,
    context: CallContext<Progress<C, M>>,
  ) => Result<C, M> | Promise<Result<C, M>>;
};

export interface Server<C extends Contract> {
  emit<E extends EventName<C>>(name: E, payload: EventPayload<C, E>): void;
}

interface RunningCall {
  readonly abort: AbortController;
  credit: (bytes: number) => void;
}

/**
 * Answers the requests of `contract` that arrive at `port`. Parameters are validated before a handler sees them; a bad
 * one is rejected with a `contract` error. A message that is no envelope at all goes to `onMalformed`: what it means
 * (close, ignore, end the process) depends on who is at the other end.
 */
export function serve<C extends Contract>(
  contract: C,
  port: Port,
  handlers: Handlers<C>,
  onMalformed: (error: AsideError) => void,
): Server<C> {
  const running = new Map<number, RunningCall>();
  const reply = (envelope: ServerEnvelope): void => port.send(envelope);

  async function answer(id: number, method: string, params: unknown): Promise<void> {
    const call: RunningCall & { early: number } = { abort: new AbortController(), credit: () => {}, early: 0 };
    call.credit = (bytes) => {
      call.early += bytes;
    };
    running.set(id, call);
    const isOpen = (): boolean => running.get(id) === call;
    const context: CallContext<unknown> = {
      id,
      signal: call.abort.signal,
      progress: (item) => isOpen() && reply({ kind: 'progress', id, item }),
      starved: () => isOpen() && reply({ kind: 'starved', id }),
      onCredit: (listener) => {
        call.credit = listener;
        if (call.early > 0) listener(call.early);
        call.early = 0;
      },
    };
    try {
      const result = await dispatch(contract, handlers, method, params, context);
      reply({ kind: 'result', id, result });
    } catch (error) {
      reply({ kind: 'error', id, error: toWireError(error) });
    } finally {
      running.delete(id);
    }
  }

  port.onMessage((message) => {
    let envelope: CallerEnvelope;
    try {
      envelope = checkMessage(CallerEnvelope, message, 'message');
      if (envelope.kind === 'request' && running.has(envelope.id)) throw duplicateId(envelope.id);
    } catch (error) {
      onMalformed(error as AsideError);
      return;
    }
    if (envelope.kind === 'request') void answer(envelope.id, envelope.method, envelope.params);
    if (envelope.kind === 'cancel') running.get(envelope.id)?.abort.abort();
    if (envelope.kind === 'credit') running.get(envelope.id)?.credit(envelope.bytes);
  });
  port.onClose(() => {
    for (const call of running.values()) call.abort.abort();
    running.clear();
  });
  return { emit: (name, payload) => reply({ kind: 'event', name, payload }) };
}

async function dispatch<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  method: string,
  params: unknown,
  context: CallContext<unknown>,
): Promise<unknown> {
  const checked = checkMessage(specOf(contract, method).params, params, 'params');
  // The handler map is exhaustive by type; the lookup by a checked name loses which handler it is.
  const handler = handlers[method as Method<C>] as (params: unknown, context: CallContext<unknown>) => unknown;
  return handler(checked, context);
}

/** Throws `contract` for a name that the contract does not have. */
export function specOf(contract: Contract, method: string): RequestSpec {
  const spec = Object.hasOwn(contract.requests, method) ? contract.requests[method] : undefined;
  if (spec) return spec;
  throw new AsideError('contract', `message.method: no request named ${JSON.stringify(method)}`, {
    details: { path: 'message.method', expected: `a request of the ${contract.name} contract`, got: method },
  });
}

function duplicateId(id: number): AsideError {
  return new AsideError('contract', `message.id: request ${id} is still running`, {
    details: { path: 'message.id', expected: 'a new id', got: String(id) },
  });
}
