import { checkMessage } from '../../protocol/contract/check-message.ts';
import type { Contract } from '../../protocol/contract/define-contract.ts';
import { ServerEnvelope } from '../../protocol/contract/envelope.ts';
import { hostControlEvents } from '../../protocol/contract/host-control.ts';
import { type AsideError, fromWireError, isAsideError } from '../../protocol/errors.ts';

/** What the first message of a host means. */
export type Greeting =
  | { readonly kind: 'ready'; readonly hasLane: boolean }
  /** Its engine cannot run here. */
  | { readonly kind: 'failed'; readonly error: AsideError }
  /** It is no host of this contract. `got` says why not. */
  | { readonly kind: 'stranger'; readonly got: string };

/** Reads the first message of a host, which must be `host.ready` of this very contract, or `host.failed`. */
export function readGreeting(contract: Contract, message: unknown): Greeting {
  try {
    const envelope = checkMessage(ServerEnvelope, message, 'message');
    if (envelope.kind !== 'event') return stranger(`a ${envelope.kind} before host.ready`);
    if (envelope.name === 'host.failed') {
      const { error } = checkMessage(hostControlEvents['host.failed'], envelope.payload, 'host.failed');
      return { kind: 'failed', error: fromWireError(error) };
    }
    if (envelope.name !== 'host.ready') return stranger(`${envelope.name} before host.ready`);
    const ready = checkMessage(hostControlEvents['host.ready'], envelope.payload, 'host.ready');
    if (ready.contract === contract.name && ready.version === contract.version)
      return { kind: 'ready', hasLane: ready.hasLane ?? false };
    return stranger(
      `version ${ready.version} of the contract "${ready.contract}" instead of version ${contract.version} of "${contract.name}"`,
    );
  } catch (error) {
    if (!isAsideError(error, 'contract')) throw error;
    return stranger(error.message);
  }
}

function stranger(got: string): Greeting {
  return { kind: 'stranger', got };
}
