/** Whole numbers take half the room, and are made into JavaScript's numbers without a box for each. */
export type Numbers = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** A long array of numbers, or of objects with the same fields, all of them numbers. */
export interface NumberRows {
  /** The fields of each object, in their order; null: the array holds the numbers themselves. */
  readonly keys: readonly string[] | null;
  /** Row after row. */
  readonly numbers: Numbers;
}

/** Fewer are as quick in JSON. */
const MIN_ROWS = 512;
const MAX_KEYS = 32;
/** V8 keeps an array that is made with more room than some millions as a table, which is slow. */
const MAX_ROOM = 2 ** 20;

type Plain = Readonly<Record<string, unknown>>;

/** null when it is no such array. */
export function toNumberRows(values: readonly unknown[]): NumberRows | null {
  if (values.length < MIN_ROWS) return null;
  const first = values[0];
  if (typeof first === 'number') {
    const numbers = numbersOf(values);
    return numbers && { keys: null, numbers };
  }
  const keys = isPlain(first) ? Object.keys(first) : [];
  if (keys.length === 0 || keys.length > MAX_KEYS || keys.includes('__proto__')) return null;
  const numbers = fieldsOf(values, keys);
  return numbers && { keys, numbers };
}

/** The array that it was. */
export function fromNumberRows({ keys, numbers }: NumberRows): unknown[] {
  const count = numbers.length / (keys?.length ?? 1);
  const rows = new Array<unknown>(Math.min(count, MAX_ROOM)); // not grown step by step
  for (let index = 0; index < count; index += 1) rows[index] = keys ? rowAt(index, keys, numbers) : numbers[index];
  return rows;
}

function rowAt(index: number, keys: readonly string[], numbers: Numbers): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  let at = index * keys.length;
  for (const key of keys) row[key] = numbers[at++];
  return row;
}

function numbersOf(values: readonly unknown[]): Numbers | null {
  const floats = new Float64Array(values.length);
  let areWhole = true;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at];
    if (typeof value !== 'number') return null;
    floats[at] = value;
    areWhole &&= isInt32(value);
  }
  return areWhole ? new Int32Array(floats) : floats;
}

function fieldsOf(values: readonly unknown[], keys: readonly string[]): Numbers | null {
  const floats = new Float64Array(values.length * keys.length);
  let areWhole = true;
  let at = 0;
  for (const row of values) {
    if (!isPlain(row)) return null;
    let seen = 0;
    for (const key in row) {
      const value = row[key];
      if (key !== keys[seen++] || typeof value !== 'number') return null;
      floats[at++] = value;
      areWhole &&= isInt32(value);
    }
    if (seen !== keys.length) return null;
  }
  return areWhole ? new Int32Array(floats) : floats;
}

function isInt32(value: number): boolean {
  return (value | 0) === value && !Object.is(value, -0);
}

export function isPlain(value: unknown): value is Plain {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
