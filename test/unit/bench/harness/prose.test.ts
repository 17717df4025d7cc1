import { describe, expect, it } from 'vitest';
import { proseOf, readProse } from '../../../bench/harness/prose.ts';

describe('proseOf', () => {
  it.each([1, 33_000, 200_000])('has exactly %i characters', (chars) => {
    expect(proseOf(chars)).toHaveLength(chars);
  });

  it('begins anew with a paragraph when the prose is at its end', () => {
    const once = readProse().trimEnd();
    expect(proseOf(once.length + 12).slice(once.length)).toBe(`\n\n${once.slice(0, 10)}`);
  });
});
