import { checkMessage } from '../../protocol/contract/check-message.ts';
import type { EngineEnvelope } from '../../protocol/contract/envelope.ts';
import { BeginEnvelope, ParamsAhead } from '../../protocol/contract/params-ahead.ts';
import { AsideError } from '../../protocol/errors.ts';

/**
 * Keeps the parameters that came ahead of their request, and makes a request of both when it begins. Hands on everything
 * else as it is. Throws `contract`.
 */
export function takeParamsAhead(onRequest: (request: unknown) => void): (message: unknown) => void {
  let ahead: ParamsAhead | null = null;
  return (message) => {
    const kept = ahead;
    ahead = null;
    switch (kindOf(message)) {
      case 'ahead':
        ahead = checkMessage(ParamsAhead, message, 'message');
        break;
      case 'begin':
        onRequest(requestOf(checkMessage(BeginEnvelope, message, 'message'), kept));
        break;
      default:
        onRequest(message);
    }
  };
}

/** Looked at before it is checked. */
function kindOf(message: unknown): unknown {
  return (message as { kind?: unknown } | null | undefined)?.kind;
}

function requestOf(begin: BeginEnvelope, ahead: ParamsAhead | null): EngineEnvelope {
  if (ahead) return { ...begin, kind: 'request', params: ahead.params };
  throw new AsideError('contract', `message: parameters ahead of ${begin.method}, got none`, {
    details: { path: 'message', expected: `parameters ahead of ${begin.method}`, got: 'none' },
  });
}
