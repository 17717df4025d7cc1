import { CallerEnvelope } from '../../protocol/contract/envelope.ts';
import { hostControlRequests } from '../../protocol/contract/host-control.ts';
import type { Port } from '../../protocol/contract/port.ts';
import type { HostedContract } from './call-module.ts';
import type { EngineSeat } from './engine-seat.ts';

/**
 * The same port without what is for the engine: requests of the contract that are not the runtime's own go to
 * its seat, and so do all cancels and credits. What is no message at all is let through to whoever checks next.
 */
export function divertToEngine(contract: HostedContract, port: Port, seat: EngineSeat): Port {
  const isForEngine = (method: string): boolean =>
    Object.hasOwn(contract.requests, method) && !Object.hasOwn(hostControlRequests, method);
  return {
    ...port,
    onMessage: (listener) =>
      port.onMessage((message) => {
        const { data: envelope } = CallerEnvelope.safeParse(message);
        if (envelope?.kind === 'request' && isForEngine(envelope.method)) return seat.relay(envelope);
        if (envelope?.kind === 'cancel') seat.block.abort(envelope.id);
        if (envelope?.kind === 'credit') seat.block.grant(envelope.id, envelope.bytes);
        listener(message);
      }),
  };
}
