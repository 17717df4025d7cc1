import type { Schema } from '../../protocol/contract/define-contract.ts';
import { z } from '../../protocol/schema.ts';

/** One value made of a sample by one change. `path` is where, dotted from the sample; empty for the sample itself. */
export interface Variant {
  readonly path: string;
  readonly what: string;
  readonly value: unknown;
}

type Visit = (schema: Schema, sample: unknown) => Iterable<Omit<Variant, 'path'>>;

/** Values that `schema` must accept: the sample at the edges of what is allowed. */
export function goodVariants(schema: Schema, sample: unknown): Variant[] {
  return [...variants(schema, sample, '', goodAt)];
}

/** Values that `schema` must refuse, each with one defect: everything that can be wrong at each place of the sample. */
export function badVariants(schema: Schema, sample: unknown): Variant[] {
  return [...variants(schema, sample, '', badAt)];
}

/** Walks schema and sample side by side, and puts what `visit` makes of each place into a copy of the whole. */
function* variants(schema: Schema, sample: unknown, path: string, visit: Visit): Generator<Variant> {
  for (const variant of visit(schema, sample)) yield { path, ...variant };
  for (const { key, inner, isOptional } of children(schema, sample)) {
    const innerPath = path === '' ? key : `${path}.${key}`;
    const child = Reflect.get(sample as object, key) as unknown;
    for (const variant of variants(inner, child, innerPath, visit)) {
      yield { ...variant, value: withChild(sample, key, variant.value) };
    }
    if (visit === badAt && !isOptional && !Array.isArray(sample)) {
      yield { path: innerPath, what: 'missing', value: withoutChild(sample, key) };
    }
  }
}

interface Child {
  readonly key: string;
  readonly inner: Schema;
  readonly isOptional: boolean;
}

function children(schema: Schema, sample: unknown): Child[] {
  const inner = unwrap(schema, sample);
  if (inner instanceof z.core.$ZodObject && sample !== null) {
    return Object.entries(inner._zod.def.shape)
      .filter(([key]) => Object.hasOwn(sample as object, key))
      .map(([key, field]) => ({ key, inner: field, isOptional: isOptional(field) }));
  }
  if (inner instanceof z.core.$ZodArray && Array.isArray(sample)) {
    return sample.slice(0, 1).map(() => ({ key: '0', inner: inner._zod.def.element, isOptional: false }));
  }
  return [];
}

/** Also of those whose key may be missing and not undefined. */
function isOptional(schema: Schema): schema is z.core.$ZodOptional {
  return schema instanceof z.core.$ZodOptional;
}

/** What is inside of nullable and optional, and the member of a union that the sample is of. */
function unwrap(schema: Schema, sample: unknown): Schema {
  if (schema instanceof z.core.$ZodNullable || isOptional(schema)) {
    return unwrap(schema._zod.def.innerType, sample);
  }
  if (!(schema instanceof z.core.$ZodDiscriminatedUnion)) return schema;
  const member = schema._zod.def.options.find((option) => z.safeParse(option, sample).success);
  if (!member) throw new Error('a sample that no member of its union takes');
  return unwrap(member, sample);
}

function takesNull(schema: Schema): boolean {
  if (isOptional(schema)) return takesNull(schema._zod.def.innerType);
  return schema instanceof z.core.$ZodNullable;
}

const MORE_BYTES_THAN_ANY_MESSAGE = 64 * 1024 * 1024;

function* badAt(schema: Schema, sample: unknown): Generator<Omit<Variant, 'path'>> {
  if (schema instanceof z.core.$ZodUnknown) return;
  yield { what: 'of the wrong type', value: typeof sample === 'string' ? 42 : 'a text in its place' };
  if (!takesNull(schema)) yield { what: 'null', value: null };
  if (sample === null) return;
  if (schema instanceof z.core.$ZodDiscriminatedUnion) return;
  const inner = unwrap(schema, sample);
  if (inner instanceof z.core.$ZodObject)
    yield { what: 'with an unknown key', value: { ...(sample as object), surplus: 1 } };
  if (inner instanceof z.core.$ZodNumber) yield* badNumbers(inner);
  if (inner instanceof z.core.$ZodString) {
    const { maxLength, minLength } = limitsOf(inner);
    if (maxLength !== undefined) yield { what: 'too long', value: 'x'.repeat(maxLength + 1) };
    if (minLength) yield { what: 'too short', value: '' };
  }
  if (inner instanceof z.core.$ZodArray) {
    const { least, most } = lengthLimits(inner);
    yield { what: 'a thing with a length and no array', value: { length: 1 } };
    if (most !== undefined) yield { what: 'too many', value: Array(most + 1).fill((sample as unknown[])[0]) };
    if (least > 0) yield { what: 'too few', value: [] };
  }
  if (inner instanceof z.core.$ZodEnum || inner instanceof z.core.$ZodLiteral)
    yield { what: 'an unknown word', value: 'no-such' };
  if (inner instanceof z.core.$ZodCustom) {
    yield { what: 'numbers in place of bytes', value: [0, 1] };
    yield { what: 'too many bytes', value: new Uint8Array(MORE_BYTES_THAN_ANY_MESSAGE) };
  }
}

function* badNumbers(schema: z.core.$ZodNumber): Generator<Omit<Variant, 'path'>> {
  const { type, minimum, maximum } = limitsOf(schema);
  yield { what: 'no number', value: Number.NaN };
  yield { what: 'without end', value: Number.POSITIVE_INFINITY };
  if (type === 'integer') yield { what: 'no whole number', value: 1.5 };
  if (minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER) yield { what: 'too small', value: minimum - 1 };
  if (maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER) yield { what: 'too large', value: maximum + 1 };
}

function* goodAt(schema: Schema, sample: unknown): Generator<Omit<Variant, 'path'>> {
  if (takesNull(schema)) yield { what: 'null', value: null };
  if (sample === null || schema instanceof z.core.$ZodDiscriminatedUnion) return;
  const inner = unwrap(schema, sample);
  if (inner instanceof z.core.$ZodString) {
    const { maxLength } = limitsOf(inner);
    if (maxLength !== undefined) yield { what: 'as long as can be', value: 'x'.repeat(maxLength) };
  }
  if (inner instanceof z.core.$ZodNumber) {
    const { minimum, maximum } = limitsOf(inner);
    if (minimum !== undefined) yield { what: 'as small as can be', value: minimum };
    if (maximum !== undefined) yield { what: 'as large as can be', value: maximum };
  }
  if (inner instanceof z.core.$ZodEnum)
    for (const word of Object.values(inner._zod.def.entries)) yield { what: `“${word}”`, value: word };
  if (inner instanceof z.core.$ZodArray) {
    const { least, most } = lengthLimits(inner);
    if (most !== undefined) yield { what: 'as many as can be', value: Array(most).fill((sample as unknown[])[0]) };
    if (least === 0) yield { what: 'none', value: [] };
  }
}

/** Of a number or a text. */
function limitsOf(schema: z.core.$ZodNumber | z.core.$ZodString): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(schema);
}

function lengthLimits(schema: z.core.$ZodArray): { least: number; most: number | undefined } {
  const limits = (schema._zod.def.checks ?? []).map(
    (check) => check._zod.def as { minimum?: number; maximum?: number },
  );
  return {
    least: limits.find(({ minimum }) => minimum !== undefined)?.minimum ?? 0,
    most: limits.find(({ maximum }) => maximum !== undefined)?.maximum,
  };
}

function withChild(sample: unknown, key: string, child: unknown): unknown {
  if (Array.isArray(sample)) return sample.map((item: unknown, index) => (index === Number(key) ? child : item));
  return { ...(sample as object), [key]: child };
}

function withoutChild(sample: unknown, key: string): unknown {
  return Object.fromEntries(Object.entries(sample as object).filter(([other]) => other !== key));
}

/** What in a schema has no bound: texts and lists without a limit, objects that let unknown keys through. */
export function unboundedPlaces(schema: Schema, path = ''): string[] {
  if (schema instanceof z.core.$ZodNullable || isOptional(schema)) {
    return unboundedPlaces(schema._zod.def.innerType, path);
  }
  if (schema instanceof z.core.$ZodDiscriminatedUnion) {
    return schema._zod.def.options.flatMap((option, index) => unboundedPlaces(option, `${path}<${index}>`));
  }
  if (schema instanceof z.core.$ZodObject) {
    const fields = Object.entries(schema._zod.def.shape);
    const inner = fields.flatMap(([key, field]) => unboundedPlaces(field, `${path}.${key}`));
    const isStrict = schema._zod.def.catchall instanceof z.core.$ZodNever;
    return isStrict ? inner : [`${path}: unknown keys`, ...inner];
  }
  if (schema instanceof z.core.$ZodArray) {
    const inner = unboundedPlaces(schema._zod.def.element, `${path}[]`);
    return lengthLimits(schema).most === undefined ? [`${path}: length of a list`, ...inner] : inner;
  }
  const isUnbounded = schema instanceof z.core.$ZodString && limitsOf(schema).maxLength === undefined;
  return isUnbounded ? [`${path}: length of a text`] : [];
}

/** How many members each union in a schema has, and how many of them the samples are of. */
export function unsampledMembers(schema: Schema, samples: readonly unknown[]): number {
  const inner = schema instanceof z.core.$ZodNullable ? schema._zod.def.innerType : schema;
  if (!(inner instanceof z.core.$ZodDiscriminatedUnion)) return 0;
  const isSampled = (option: Schema): boolean => samples.some((sample) => z.safeParse(option, sample).success);
  return inner._zod.def.options.filter((option) => !isSampled(option)).length;
}
