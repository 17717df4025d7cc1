import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { appContract } from '../../../../protocol/contract/app-contract.ts';
import { checkMessage } from '../../../../protocol/contract/check-message.ts';
import type { Schema } from '../../../../protocol/contract/define-contract.ts';
import { CallerEnvelope, ServerEnvelope } from '../../../../protocol/contract/envelope.ts';
import { hostContract } from '../../../../protocol/contract/host-contract.ts';
import { isAsideError, toWireError, WireError } from '../../../../protocol/errors.ts';

const Shape = z.strictObject({
  text: z.string().max(10),
  list: z.array(z.strictObject({ n: z.int().min(0) })),
  bytes: z.instanceof(Uint8Array).optional(),
});

function refusal(value: unknown, schema: Schema = Shape): { path: string; expected: string; got: string } {
  try {
    checkMessage(schema, value, 'params');
  } catch (error) {
    if (isAsideError(error, 'contract')) return error.details;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('checkMessage', () => {
  test('gives back what fits, typed by the schema', () => {
    const value = { text: 'a', list: [{ n: 1 }] };
    const checked = checkMessage(Shape, value, 'params');
    expect(checked).toEqual(value);
    expectTypeOf(checked.list).toEqualTypeOf<{ n: number }[]>();
  });

  test.each<[what: string, value: unknown, path: string, got: string]>([
    ['a number for a text', { text: 7, list: [] }, 'params.text', '7'],
    ['a place deep inside', { text: '', list: [{ n: 1 }, { n: -1 }] }, 'params.list.1.n', '-1'],
    ['something else altogether', 'hello', 'params', '"hello"'],
    ['nothing', undefined, 'params', 'undefined'],
    ['a list for a text', { text: [1, 2], list: [] }, 'params.text', 'an array of 2'],
    ['an object for a text', { text: {}, list: [] }, 'params.text', 'an object'],
    ['bytes for a text', { text: new Uint8Array(5), list: [] }, 'params.text', '5 bytes'],
    ['a missing key', { list: [] }, 'params.text', 'undefined'],
    ['an unknown key', { text: '', list: [], more: 1 }, 'params', 'an object'],
    ['a text that is too long', { text: 'x'.repeat(500), list: [] }, 'params.text', 'a string of 500 characters'],
  ])('names the place and what is there: %s', (_what, value, path, got) => {
    expect(refusal(value)).toMatchObject({ path, got });
  });

  test('does not quote a long value', () => {
    expect(JSON.stringify(refusal({ text: 's'.repeat(1_000_000), list: [] })).length).toBeLessThan(500);
  });

  test('does not quote a long unknown key', () => {
    expect(JSON.stringify(refusal({ text: '', list: [], ['k'.repeat(1_000_000)]: 1 })).length).toBeLessThan(2_000);
  });

  test('is not led by names that every object inherits', () => {
    expect(refusal(JSON.parse('{"text": "", "list": [], "__proto__": {"text": 1}}')).path).toBe('params');
  });
});

describe('any JSON at all', () => {
  const schemas: [string, Schema][] = [
    ['caller envelope', CallerEnvelope],
    ['server envelope', ServerEnvelope],
    ...[appContract, hostContract].flatMap(({ name, requests, events }) => [
      ...Object.entries(requests).flatMap(([method, spec]): [string, Schema][] => [
        [`${name} ${method} params`, spec.params],
        [`${name} ${method} result`, spec.result],
        ...('progress' in spec ? [[`${name} ${method} progress`, spec.progress] as [string, Schema]] : []),
      ]),
      ...Object.entries(events).map(([event, schema]): [string, Schema] => [`${name} ${event}`, schema]),
    ]),
  ];

  test.each(schemas)('%s: is either taken or refused with a path', (_name, schema) => {
    const json = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...keysOf(schema)), fc.jsonValue()));
    fc.assert(
      fc.property(json, (value) => {
        if (z.safeParse(schema, value).success) checkMessage(schema, value, 'root');
        else expect(refusal(value, schema).path).toMatch(/^params/);
      }),
      { numRuns: 50 },
    );
  });

  test('its refusal always fits the wire', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        try {
          checkMessage(CallerEnvelope, value, 'message');
        } catch (error) {
          expect(WireError.safeParse(toWireError(error)).success).toBe(true);
          expect(isAsideError(error, 'contract')).toBe(true);
        }
      }),
    );
  });
});

/** Keys that the schema knows, so that random values get further than its door. */
function keysOf(schema: Schema): [string, ...string[]] {
  if (schema instanceof z.core.$ZodObject) return ['any', ...Object.keys(schema._zod.def.shape)];
  if (schema instanceof z.core.$ZodDiscriminatedUnion) return ['any', ...schema._zod.def.options.flatMap(keysOf)];
  return ['any'];
}
