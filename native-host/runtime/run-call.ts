import { cancelled } from '../../protocol/contract/call.ts';
import type { CallModule, EngineCall, HostedContract } from './call-module.ts';

type AnyHandler = (params: unknown, call: EngineCall<unknown>) => unknown;

/** Runs one call of a module. Whatever comes of a call that was aborted, it rejects with `request-cancelled`. */
export async function runCall<C extends HostedContract>(
  module: CallModule<C>,
  method: string,
  params: unknown,
  call: EngineCall<unknown>,
): Promise<unknown> {
  // The control thread has checked name and parameters against the contract that the handlers are typed by.
  const handlers = module.handlers as Readonly<Record<string, AnyHandler>>;
  try {
    if (call.control.isAborted) throw cancelled(method);
    const result = await handlers[method]?.(params, call);
    if (call.control.isAborted) throw cancelled(method);
    return result;
  } catch (error) {
    throw call.control.isAborted ? cancelled(method) : error;
  }
}
