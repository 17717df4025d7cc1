import { z } from 'zod';

/** One value made of a sample by one change. `path` is where, dotted from the sample; empty for the sample itself. */
export interface Variant {
  readonly path: string;
  readonly what: string;
  readonly value: unknown;
}

type Visit = (schema: z.ZodType, sample: unknown) => Iterable<Omit<Variant, 'path'>>;

/** Values that `schema` must accept: the sample at the edges of what is allowed. */
export function goodVariants(schema: z.ZodType, sample: unknown): Variant[] {
  return [...variants(schema, sample, '', goodAt)];
}

/** Values that `schema` must refuse, each with one defect: everything that can be wrong at each place of the sample. */
export function badVariants(schema: z.ZodType, sample: unknown): Variant[] {
  return [...variants(schema, sample, '', badAt)];
}

/** Walks schema and sample side by side, and puts what `visit` makes of each place into a copy of the whole. */
function* variants(schema: z.ZodType, sample: unknown, path: string, visit: Visit): Generator<Variant> {
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
  readonly inner: z.ZodType;
  readonly isOptional: boolean;
}

function children(schema: z.ZodType, sample: unknown): Child[] {
  const inner = unwrap(schema, sample);
  if (inner instanceof z.ZodObject && sample !== null) {
    return Object.entries(inner.shape as Record<string, z.ZodType>)
      .filter(([key]) => Object.hasOwn(sample as object, key))
      .map(([key, field]) => ({ key, inner: field, isOptional: isOptional(field) }));
  }
  if (inner instanceof z.ZodArray && Array.isArray(sample)) {
    return sample.slice(0, 1).map(() => ({ key: '0', inner: inner.element as z.ZodType, isOptional: false }));
  }
  return [];
}

function isOptional(schema: z.ZodType): schema is z.ZodOptional | z.ZodExactOptional {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional;
}

/** What is inside of nullable and optional, and the member of a union that the sample is of. */
function unwrap(schema: z.ZodType, sample: unknown): z.ZodType {
  if (schema instanceof z.ZodNullable || isOptional(schema)) {
    return unwrap(schema.unwrap() as z.ZodType, sample);
  }
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return schema;
  const member = (schema.options as z.ZodType[]).find((option) => option.safeParse(sample).success);
  if (!member) throw new Error('a sample that no member of its union takes');
  return unwrap(member, sample);
}

function takesNull(schema: z.ZodType): boolean {
  if (isOptional(schema)) return takesNull(schema.unwrap() as z.ZodType);
  return schema instanceof z.ZodNullable;
}

const MORE_BYTES_THAN_ANY_MESSAGE = 64 * 1024 * 1024;

function* badAt(schema: z.ZodType, sample: unknown): Generator<Omit<Variant, 'path'>> {
  if (schema instanceof z.ZodUnknown) return;
  yield { what: 'of the wrong type', value: typeof sample === 'string' ? 42 : 'a text in its place' };
  if (!takesNull(schema)) yield { what: 'null', value: null };
  if (sample === null) return;
  if (schema instanceof z.ZodDiscriminatedUnion) return;
  const inner = unwrap(schema, sample);
  if (inner instanceof z.ZodObject) yield { what: 'with an unknown key', value: { ...(sample as object), surplus: 1 } };
  if (inner instanceof z.ZodNumber) yield* badNumbers(inner);
  if (inner instanceof z.ZodString) {
    if (inner.maxLength !== null) yield { what: 'too long', value: 'x'.repeat(inner.maxLength + 1) };
    if (inner.minLength) yield { what: 'too short', value: '' };
  }
  if (inner instanceof z.ZodArray) {
    const { least, most } = lengthLimits(inner);
    yield { what: 'a thing with a length and no array', value: { length: 1 } };
    if (most !== undefined) yield { what: 'too many', value: Array(most + 1).fill((sample as unknown[])[0]) };
    if (least > 0) yield { what: 'too few', value: [] };
  }
  if (inner instanceof z.ZodEnum || inner instanceof z.ZodLiteral) yield { what: 'an unknown word', value: 'no-such' };
  if (inner instanceof z.ZodCustom) {
    yield { what: 'numbers in place of bytes', value: [0, 1] };
    yield { what: 'too many bytes', value: new Uint8Array(MORE_BYTES_THAN_ANY_MESSAGE) };
  }
}

function* badNumbers(schema: z.ZodNumber): Generator<Omit<Variant, 'path'>> {
  const { minValue, maxValue } = schema;
  yield { what: 'no number', value: Number.NaN };
  yield { what: 'without end', value: Number.POSITIVE_INFINITY };
  if (schema.isInt) yield { what: 'no whole number', value: 1.5 };
  if (minValue !== null && minValue > Number.MIN_SAFE_INTEGER) yield { what: 'too small', value: minValue - 1 };
  if (maxValue !== null && maxValue < Number.MAX_SAFE_INTEGER) yield { what: 'too large', value: maxValue + 1 };
}

function* goodAt(schema: z.ZodType, sample: unknown): Generator<Omit<Variant, 'path'>> {
  if (takesNull(schema)) yield { what: 'null', value: null };
  if (sample === null || schema instanceof z.ZodDiscriminatedUnion) return;
  const inner = unwrap(schema, sample);
  if (inner instanceof z.ZodString && inner.maxLength !== null) {
    yield { what: 'as long as can be', value: 'x'.repeat(inner.maxLength) };
  }
  if (inner instanceof z.ZodNumber) {
    if (Number.isFinite(inner.minValue)) yield { what: 'as small as can be', value: inner.minValue };
    if (Number.isFinite(inner.maxValue)) yield { what: 'as large as can be', value: inner.maxValue };
  }
  if (inner instanceof z.ZodEnum) for (const word of inner.options) yield { what: `“${word}”`, value: word };
  if (inner instanceof z.ZodArray) {
    const { least, most } = lengthLimits(inner);
    if (most !== undefined) yield { what: 'as many as can be', value: Array(most).fill((sample as unknown[])[0]) };
    if (least === 0) yield { what: 'none', value: [] };
  }
}

function lengthLimits(schema: z.ZodArray): { least: number; most: number | undefined } {
  const limits = (schema.def.checks ?? []).map((check) => check._zod.def as { minimum?: number; maximum?: number });
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
export function unboundedPlaces(schema: z.ZodType, path = ''): string[] {
  if (schema instanceof z.ZodNullable || isOptional(schema)) {
    return unboundedPlaces(schema.unwrap() as z.ZodType, path);
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    return (schema.options as z.ZodType[]).flatMap((option, index) => unboundedPlaces(option, `${path}<${index}>`));
  }
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries(schema.shape as Record<string, z.ZodType>);
    const inner = fields.flatMap(([key, field]) => unboundedPlaces(field, `${path}.${key}`));
    const isStrict = schema.def.catchall instanceof z.ZodNever;
    return isStrict ? inner : [`${path}: unknown keys`, ...inner];
  }
  if (schema instanceof z.ZodArray) {
    const inner = unboundedPlaces(schema.element as z.ZodType, `${path}[]`);
    return lengthLimits(schema).most === undefined ? [`${path}: length of a list`, ...inner] : inner;
  }
  return schema instanceof z.ZodString && schema.maxLength === null ? [`${path}: length of a text`] : [];
}

/** How many members each union in a schema has, and how many of them the samples are of. */
export function unsampledMembers(schema: z.ZodType, samples: readonly unknown[]): number {
  const inner = schema instanceof z.ZodNullable ? (schema.unwrap() as z.ZodType) : schema;
  if (!(inner instanceof z.ZodDiscriminatedUnion)) return 0;
  const isSampled = (option: z.ZodType): boolean => samples.some((sample) => option.safeParse(sample).success);
  return (inner.options as z.ZodType[]).filter((option) => !isSampled(option)).length;
}
