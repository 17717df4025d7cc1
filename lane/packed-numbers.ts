import { isJson } from './is-json.ts';
import { fromNumberRows, isPlain, type NumberRows, toNumberRows } from './number-rows.ts';

/** A message whose one long array of numbers, or of objects of numbers, is taken out of it. */
export interface PackedNumbers {
  /** The keys that lead to where it belongs. */
  readonly path: readonly string[];
  /** The message with null in that place, which JSON says exactly. */
  readonly rest: unknown;
  readonly rows: NumberRows;
}

/** Chunks of calls and what they bring have their arrays no deeper. */
const MAX_DEPTH = 2;

/**
 * Takes the first such array out of a message: as text its numbers cost many times what they cost as they are. null when
 * there is none, or when the rest is nothing for JSON.
 */
export function packNumbers(message: unknown): PackedNumbers | null {
  const packed = takeOut(message, []);
  return packed && isJson(packed.rest) ? packed : null;
}

function takeOut(value: unknown, path: readonly string[]): PackedNumbers | null {
  if (Array.isArray(value)) {
    const rows = toNumberRows(value);
    return rows && { path, rest: null, rows };
  }
  if (path.length >= MAX_DEPTH || !isPlain(value)) return null;
  for (const key of Object.keys(value)) {
    const packed = typeof value[key] === 'object' ? takeOut(value[key], [...path, key]) : null;
    if (packed) return { ...packed, rest: { ...value, [key]: packed.rest } };
  }
  return null;
}

/** Puts it back, as the array that it was. Throws for a place that is not in the message. */
export function unpackNumbers({ path, rest, rows }: PackedNumbers): unknown {
  const values = fromNumberRows(rows);
  const [last, ...before] = [...path].reverse();
  if (last === undefined) return values;
  const owner = before.reverse().reduce<unknown>((inner, key) => (isPlain(inner) ? inner[key] : null), rest);
  if (!isPlain(owner) || !Object.hasOwn(owner, last)) throw new TypeError(`no place for numbers at ${path.join('.')}`);
  (owner as Record<string, unknown>)[last] = values;
  return rest;
}
