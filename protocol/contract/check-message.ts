import { AsideError } from '../errors.ts';
import { z } from '../schema.ts';
import type { Schema } from './define-contract.ts';
import { plainCheckOf } from './plain-check.ts';

/** Parses `value`, or throws a `contract` error whose path starts with `root`. What it got is described, not quoted whole. */
export function checkMessage<S extends Schema>(schema: S, value: unknown, root: string): z.output<S> {
  return plainCheckOf(schema)?.(value) ? (value as z.output<S>) : parse(schema, value, root);
}

/** `checkMessage` for many values of one schema. */
export function checkerOf<S extends Schema>(schema: S, root: string): (value: unknown) => z.output<S> {
  const isPlain = plainCheckOf(schema);
  return (value) => (isPlain?.(value) ? (value as z.output<S>) : parse(schema, value, root));
}

function parse<S extends Schema>(schema: S, value: unknown, root: string): z.output<S> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const keys = issue?.path.map(String) ?? [];
  const path = [root, ...keys].join('.');
  const got = describe(valueAt(value, issue?.path ?? []));
  // The message for an unknown key quotes the key, which the sender chose.
  const expected = (issue?.message ?? 'a valid message').slice(0, MAX_EXPECTED_CHARS);
  throw new AsideError('contract', `${path}: ${expected}, got ${got}`, {
    details: { path, expected, got },
    remedy: 'Both sides must be of the same version; if they are, this is a defect in Aside.',
  });
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

const MAX_SHOWN_CHARS = 80;
const MAX_EXPECTED_CHARS = 400;

function describe(value: unknown): string {
  if (typeof value === 'string') {
    return value.length <= MAX_SHOWN_CHARS ? JSON.stringify(value) : `a string of ${value.length} characters`;
  }
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}
