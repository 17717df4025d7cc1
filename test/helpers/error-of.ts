import { type AsideError, isAsideError } from '../../protocol/errors.ts';

/** The AsideError that a promise rejects with. Throws when it resolves, or rejects with anything else. */
export async function errorOf(promise: Promise<unknown>): Promise<AsideError> {
  const reason = await promise.then(
    (value) => new Error(`nothing was rejected; the result is ${JSON.stringify(value)}`),
    (rejection: unknown) => rejection,
  );
  if (isAsideError(reason)) return reason;
  throw reason;
}
