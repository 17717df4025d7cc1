import { expect, test } from 'vitest';
import { z } from '../../../protocol/schema.ts';

/** Zod itself is not loaded here: it would bring the words along. */
test.each<[schema: z.ZodMiniType, value: unknown, message: string]>([
  [z.number(), 'x', 'Invalid input: expected number, received string'],
  [z.int().check(z.minimum(1)), 0, 'Too small: expected number to be >=1'],
  [z.strictObject({}), { surplus: 1 }, 'Unrecognized key: "surplus"'],
])('a schema says in words what it expected', (schema, value, message) => {
  expect(schema.safeParse(value).error?.issues[0]?.message).toBe(message);
});
