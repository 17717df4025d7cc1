import { AsideError } from '../../../protocol/errors.ts';

/** Why SAPI cannot speak here. */
export type WhyUnavailable =
  | 'not-windows'
  | 'no-edge'
  | 'wrong-runtime'
  | 'no-dotnet'
  | 'no-vc-runtime'
  | 'no-assembly'
  | 'bad-assembly'
  | 'load-failed';

export function unavailable(
  reason: WhyUnavailable,
  message: string,
  remedy: string,
  cause?: unknown,
): AsideError<'engine-unavailable'> {
  return new AsideError('engine-unavailable', `SAPI: ${message}`, {
    details: { engine: 'sapi', reason },
    remedy,
    cause,
  });
}
