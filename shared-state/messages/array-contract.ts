import { defineContract } from '../../protocol/contract/define-contract.ts';
import { z } from '../../protocol/schema.ts';
import { MAX_SHARED_BYTES } from '../elements.ts';

const Nothing = z.strictObject({});
const Index = z.int().check(z.minimum(0), z.maximum(MAX_SHARED_BYTES));
const Int32 = z.int32();
const Before = z.strictObject({ before: Int32 });
/** Nobody but the process that has the elements can keep such a call waiting. */
const quick = { timeoutMs: null, progressTimeoutMs: null } as const;

/** What a process can ask of the one that has the elements. Bytes are elements in the byte order of the machine. */
export const arrayContract = defineContract({
  name: 'shared-array',
  version: 1,
  requests: {
    'array.read': {
      params: z.strictObject({ start: Index, end: Index }),
      result: z.strictObject({ bytes: z.instanceof(Uint8Array) }),
      ...quick,
    },
    'array.write': {
      params: z.strictObject({ start: Index, bytes: z.instanceof(Uint8Array) }),
      result: Nothing,
      ...quick,
    },
    'array.add': { params: z.strictObject({ index: Index, delta: Int32 }), result: Before, ...quick },
    'array.exchange': { params: z.strictObject({ index: Index, value: Int32 }), result: Before, ...quick },
    'array.compareExchange': {
      params: z.strictObject({ index: Index, expected: Int32, replacement: Int32 }),
      result: Before,
      ...quick,
    },
  },
  events: {},
});
export type ArrayContract = typeof arrayContract;
