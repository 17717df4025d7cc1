import { isJson } from './is-json.ts';

/** A message whose one long array of numbers is taken out of it. */
export interface PackedNumbers {
  /** The keys that lead to where it belongs. */
  readonly path: readonly string[];
  /** The message with null in that place, which JSON says exactly. */
  readonly rest: unknown;
  readonly numbers: Float64Array;
}

/** Fewer are as quick in JSON. */
const MIN_NUMBERS = 512;

/** Chunks of calls and what they bring have their arrays no deeper. */
const MAX_DEPTH = 2;

type Plain = Readonly<Record<string, unknown>>;

/**
 * Takes the first long array of nothing but numbers out of a message: as text they cost many times what they cost as they
 * are. null when there is none, or when the rest is nothing for JSON.
 */
export function packNumbers(message: unknown): PackedNumbers | null {
  const packed = takeOut(message, []);
  return packed && isJson(packed.rest) ? packed : null;
}

function takeOut(value: unknown, path: readonly string[]): PackedNumbers | null {
  if (Array.isArray(value)) {
    const numbers = toFloats(value);
    return numbers && { path, rest: null, numbers };
  }
  if (path.length >= MAX_DEPTH || !isPlain(value)) return null;
  for (const key of Object.keys(value)) {
    const packed = typeof value[key] === 'object' ? takeOut(value[key], [...path, key]) : null;
    if (packed) return { ...packed, rest: { ...value, [key]: packed.rest } };
  }
  return null;
}

function toFloats(values: readonly unknown[]): Float64Array | null {
  if (values.length < MIN_NUMBERS) return null;
  const floats = new Float64Array(values.length);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (typeof value !== 'number') return null;
    floats[index] = value;
  }
  return floats;
}

/** Puts them back, as the array that they were. Throws for a place that is not in the message. */
export function unpackNumbers({ path, rest, numbers }: PackedNumbers): unknown {
  const values: number[] = [];
  for (let index = 0; index < numbers.length; index += 1) values.push(numbers[index] as number);
  const [last, ...before] = [...path].reverse();
  if (last === undefined) return values;
  const owner = before.reverse().reduce<unknown>((inner, key) => (isPlain(inner) ? inner[key] : null), rest);
  if (!isPlain(owner) || !Object.hasOwn(owner, last)) throw new TypeError(`no place for numbers at ${path.join('.')}`);
  (owner as Record<string, unknown>)[last] = values;
  return rest;
}

function isPlain(value: unknown): value is Plain {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
