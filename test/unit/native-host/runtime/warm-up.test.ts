import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { warmUp } from '../../../../native-host/runtime/warm-up.ts';
import { defineContract } from '../../../../protocol/contract/define-contract.ts';
import { hostControlEvents, hostControlRequests } from '../../../../protocol/contract/host-control.ts';

function contractOf(params: z.ZodType) {
  return defineContract({
    name: 'warm',
    version: 1,
    requests: {
      ...hostControlRequests,
      'warm.up': { params, result: z.null(), timeoutMs: null, progressTimeoutMs: null },
    },
    events: hostControlEvents,
  });
}

describe('the way of a call is gone once before the first', () => {
  it('as far as the check of its parameters', () => {
    const seen: unknown[] = [];
    warmUp(contractOf(z.custom((value) => seen.push(value) > 0)));
    expect(seen).toEqual([{}]);
  });

  it('also where a check throws at what is none of its parameters', () => {
    const isLong = (value: unknown): boolean => (value as { text: string }).text.length > 3;
    expect(() => warmUp(contractOf(z.custom(isLong)))).not.toThrow();
  });
});
