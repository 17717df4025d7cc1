import { type AsideError, fromWireError, isAsideError, toWireError } from '../protocol/errors.ts';

/** Any caught value as an error that can be shown; what is not an AsideError is a defect and says so. */
export function asAsideError(error: unknown): AsideError {
  return isAsideError(error) ? error : fromWireError(toWireError(error));
}
