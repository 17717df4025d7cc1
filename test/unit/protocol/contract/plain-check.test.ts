import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Schema } from '../../../../protocol/contract/define-contract.ts';
import { ServerEnvelope } from '../../../../protocol/contract/envelope.ts';
import { plainCheckOf } from '../../../../protocol/contract/plain-check.ts';
import { z as mini } from '../../../../protocol/schema.ts';

/** Schemas that it knows, each with something that fits. */
const plain: readonly [name: string, schema: Schema, fitting: unknown][] = [
  ['a number', z.number(), -0.5],
  ['a whole number in bounds', z.int().min(-5).max(5), 5],
  ['a whole number in bounds of zod/mini', mini.int().check(mini.minimum(-5), mini.maximum(5)), 5],
  ['a list of texts of zod/mini', mini.array(mini.string().check(mini.minLength(1))).check(mini.maxLength(2)), ['a']],
  ['another way to say whole', z.number().int().gt(0).lt(3), 1],
  ['a text of some length', z.string().min(1).max(3), 'abc'],
  ['a literal', z.literal('a'), 'a'],
  ['one of some words', z.enum(['a', '1']), '1'],
  ['a number or nothing', z.nullable(z.number()), null],
  ['a number in place of nothing', z.nullable(z.number()), 0.5],
  ['yes or no', z.boolean(), false],
  ['nothing', z.null(), null],
  ['anything', z.unknown(), undefined],
  ['a list', z.array(z.int()).min(1), [1, 2]],
  ['a list of some length', z.array(z.null()).length(2), [null, null]],
  ['an empty list of what it does not know', z.array(z.string().trim()), []],
  ['an object', z.strictObject({ a: z.number(), b: z.string().optional() }), { a: 1 }],
  ['an object in another order', z.strictObject({ a: z.number(), b: z.string().optional() }), { b: '', a: 1 }],
  ['one of several', z.union([z.null(), z.strictObject({ a: z.int().optional() })]), {}],
  ['one of several by name', ServerEnvelope, { kind: 'result', id: 0, result: { any: 'thing' } }],
];

/** Values that are like what fits, and values that are not. */
const values = fc.oneof(
  fc.constantFrom(...plain.map(([, , fitting]) => fitting)),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -0, '1', new Date(0), new Uint8Array(1)),
  fc.integer({ min: -9, max: 9 }),
  fc.array(fc.oneof(fc.integer(), fc.constant(null)), { maxLength: 3 }),
  fc.record({ a: fc.anything(), b: fc.anything(), c: fc.anything() }, { requiredKeys: [] }),
  fc.record({ kind: fc.constantFrom('result', 'starved', 'event'), id: fc.integer(), result: fc.anything() }),
  fc.anything(),
);

describe('a plain check', () => {
  test.each(plain)('says yes to %s', (_, schema, fitting) => {
    expect(plainCheckOf(schema)?.(fitting)).toBe(true);
  });

  test.each(plain)('says yes only to what the schema gives back as it is: %s', (_, schema) => {
    const check = plainCheckOf(schema);
    fc.assert(
      fc.property(values, (value) => {
        if (check?.(value)) expect(z.safeParse(schema, value)).toStrictEqual({ success: true, data: value });
      }),
    );
  });

  test('leaves to the schema what is undefined, and what is none of its own', () => {
    const check = plainCheckOf(z.strictObject({ a: z.exactOptional(z.number()) }));
    expect([{ a: undefined }, { b: 1 }, Object.create({ a: 1 })].map((value) => check?.(value))).toEqual([
      false,
      false,
      false,
    ]);
  });

  test.each<[what: string, schema: Schema]>([
    ['changes what it is given', z.string().trim()],
    ['has a default', z.strictObject({ a: z.number().default(1) })],
    ['drops what it does not know', z.object({ a: z.number() })],
    ['keeps what it does not know', z.looseObject({ a: z.number() })],
    ['has a rule of its own', z.number().refine((value) => value % 2 === 0)],
    ['knows a format', z.email()],
    ['makes numbers of texts', z.coerce.number()],
    ['takes some numbers only', z.float32()],
    ['takes what fits one of two only', z.xor([z.number(), z.int()])],
    ['may change what it is given', z.union([z.string().toUpperCase(), z.string()])],
    ['takes some numbers by name', z.enum({ None: 0 })],
    ['may be nothing, or change what it is given', z.nullable(z.string().trim())],
    ['knows classes', z.instanceof(Uint8Array)],
    ['has a rule of its own in zod/mini', mini.number().check(mini.refine((value) => value % 2 === 0))],
    ['has something in place of what does not fit', mini.catch(mini.string(), '')],
  ])('is not made of a schema that %s', (_, schema) => {
    expect(plainCheckOf(schema)).toBeNull();
  });
});
