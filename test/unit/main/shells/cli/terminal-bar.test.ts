import { describe, expect, it } from 'vitest';
import { clock } from '../../../../../main/shells/cli/terminal-bar.ts';

describe('clock', () => {
  it.each([
    [0, '0:00'],
    [6_001, '0:07'],
    [754_000, '12:34'],
    [3_723_000, '1:02:03'],
  ])('shows %d ms as %s', (ms, shown) => {
    expect(clock(ms)).toBe(shown);
  });
});
