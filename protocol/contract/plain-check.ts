import type { z } from '../schema.ts';

/** Says yes only to what its schema gives back as it is. What it says no to may still fit: the schema knows. */
export type PlainCheck = (value: unknown) => boolean;

type Def = z.core.$ZodTypes['_zod']['def'];
type Field = readonly [key: string, check: PlainCheck, isOptional: boolean];

const known = new WeakMap<z.core.$ZodType, PlainCheck | null>();

/**
 * The same question as the schema's own, for plain data and without an object for each value that it looks at: of a
 * million small calls that would be half of what they cost. null for a schema that changes what it is given, or has rules
 * that are not known here.
 */
export function plainCheckOf(schema: z.core.$ZodType): PlainCheck | null {
  const found = known.get(schema);
  if (found !== undefined) return found;
  const made = makeCheck(schema);
  known.set(schema, made);
  return made;
}

function makeCheck(schema: z.core.$ZodType): PlainCheck | null {
  const def = schema._zod.def as Def;
  const check = checkOf(def);
  const rules = (def.checks ?? []).map(ruleOf);
  if (!check || rules.includes(null)) return null;
  return rules.reduce<PlainCheck>((before, rule) => (value) => before(value) && (rule as PlainCheck)(value), check);
}

function checkOf(def: Def): PlainCheck | null {
  switch (def.type) {
    case 'unknown':
      return () => true;
    case 'null':
      return (value) => value === null;
    case 'boolean':
      return def.coerce ? null : (value) => typeof value === 'boolean';
    case 'string':
      return def.coerce || 'format' in def ? null : (value) => typeof value === 'string';
    case 'number':
      return def.coerce ? null : numberCheck(def);
    case 'literal':
      return def.values.length === 1 ? literalCheck(def.values[0]) : null;
    case 'enum':
      return enumCheck(Object.values(def.entries));
    case 'nullable':
      return nullableCheck(plainCheckOf(def.innerType));
    case 'optional':
      return plainCheckOf(def.innerType); // a field that is there and undefined is left to the schema
    case 'array':
      return arrayCheck(plainCheckOf(def.element));
    case 'object':
      return objectCheck(def);
    case 'union':
      return unionCheck(def);
    default:
      return null;
  }
}

function numberCheck(def: z.core.$ZodNumberDef): PlainCheck | null {
  if (!('format' in def)) return isFiniteNumber;
  return def.format === 'safeint' ? Number.isSafeInteger : null;
}

function isFiniteNumber(value: unknown): boolean {
  return typeof value === 'number' && value - value === 0; // also when the engine has not yet made `isFinite` cheap
}

function literalCheck(literal: unknown): PlainCheck | null {
  return typeof literal === 'number' ? null : (value) => value === literal; // 0 and -0
}

function enumCheck(words: readonly unknown[]): PlainCheck | null {
  const allowed = new Set(words);
  return words.every((word) => typeof word === 'string') ? (value) => allowed.has(value) : null; // 0 and -0
}

function nullableCheck(inner: PlainCheck | null): PlainCheck | null {
  return inner && ((value) => value === null || inner(value));
}

/** Also of things that are none of ours, as long as it is empty: a list of what has failed mostly is. */
function arrayCheck(element: PlainCheck | null): PlainCheck {
  if (!element) return (value) => Array.isArray(value) && value.length === 0;
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (let index = 0; index < value.length; index += 1) if (!element(value[index])) return false;
    return true;
  };
}

/** Of a strict object: others drop or keep what they do not know. */
function objectCheck({ shape, catchall }: z.core.$ZodObjectDef): PlainCheck | null {
  if (catchall?._zod.def.type !== 'never') return null;
  const fields: Field[] = [];
  for (const [key, schema] of Object.entries(shape)) {
    const check = plainCheckOf(schema);
    if (!check || key === '__proto__') return null;
    fields.push([key, check, schema._zod.def.type === 'optional']);
  }
  return (value) => {
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return false;
    let left = 0;
    for (const _ in value) left += 1;
    for (const [key, check, isOptional] of fields) {
      if (Object.hasOwn(value, key)) {
        if (!check((value as Readonly<Record<string, unknown>>)[key])) return false;
        left -= 1;
      } else if (!isOptional) return false;
    }
    return left === 0;
  };
}

function unionCheck(def: z.core.$ZodUnionDef): PlainCheck | null {
  const options = def.options.map(plainCheckOf);
  if (!('discriminator' in def)) {
    if (options.includes(null)) return null; // what one of them changes may fit another as it is
    if (def.inclusive === false) return null; // just one of them is to fit
  }
  return (value) => options.some((option) => option?.(value));
}

/** What a schema asks of a value beyond its type. */
function ruleOf(rule: z.core.$ZodCheck): PlainCheck | null {
  const def = rule._zod.def as z.core.$ZodChecks['_zod']['def'];
  switch (def.check) {
    case 'greater_than':
      return typeof def.value === 'number' ? atLeast(def.value, def.inclusive) : null;
    case 'less_than':
      return typeof def.value === 'number' ? atMost(def.value, def.inclusive) : null;
    case 'min_length':
      return (value) => lengthOf(value) >= def.minimum;
    case 'max_length':
      return (value) => lengthOf(value) <= def.maximum;
    case 'length_equals':
      return (value) => lengthOf(value) === def.length;
    case 'number_format':
      return def.format === 'safeint' ? Number.isSafeInteger : null;
    default:
      return null;
  }
}

function atLeast(least: number, isInclusive: boolean): PlainCheck {
  return (value) => (isInclusive ? (value as number) >= least : (value as number) > least);
}

function atMost(most: number, isInclusive: boolean): PlainCheck {
  return (value) => (isInclusive ? (value as number) <= most : (value as number) < most);
}

/** A rule is asked of what has the type only. */
function lengthOf(value: unknown): number {
  return (value as { readonly length: number }).length;
}
