import { encodeMessage } from '../../lane/encode-message.ts';
import { createMessageReader } from '../../lane/message-reader.ts';
import { checkMessage } from '../../protocol/contract/check-message.ts';
import type { Schema } from '../../protocol/contract/define-contract.ts';
import { EngineEnvelope, type ServerEnvelope } from '../../protocol/contract/envelope.ts';
import { controlContract } from '../../protocol/contract/host-control.ts';
import type { HostedContract } from './call-module.ts';

/**
 * Goes the way of a call once, so that the first one finds it compiled: what it has to wait for is 0.5 ms then instead of
 * 3. A spare has the time for that, and is there for calls that cannot wait. Nothing is called, and nothing leaves.
 */
export function warmUp(contract: HostedContract): void {
  const reader = createMessageReader((message) => tryIn(EngineEnvelope, message));
  const request: EngineEnvelope = { kind: 'request', id: 0, method: '', params: {} };
  const answer: ServerEnvelope = { kind: 'result', id: 0, result: {} };
  for (const message of [request, answer]) for (const piece of encodeMessage(message)) reader.push(piece);
  for (const [method, { params }] of Object.entries(contract.requests)) {
    if (!Object.hasOwn(controlContract.requests, method)) tryIn(params, {});
  }
}

function tryIn(schema: Schema, value: unknown): void {
  try {
    checkMessage(schema, value, '');
  } catch {
    // Most of them are not what is expected; the way to find that out is the same.
  }
}
