import { describe, expect, it } from 'vitest';
import { compareWords } from '../../../bench/crash/compare-words.ts';

const word = (segment: number, charIndex: number) => ({ segment, charIndex });
const undisturbed = [word(0, 0), word(0, 4), word(1, 10), word(1, 15)];

describe('compareWords', () => {
  it('finds no difference between equal readings', () => {
    expect(compareWords(undisturbed, [...undisturbed], new Set())).toEqual({
      lost: 0,
      repeated: 0,
      repeatedOutside: 0,
    });
  });

  it('counts each word that is missing', () => {
    expect(compareWords(undisturbed, undisturbed.slice(1, 3), new Set([1])).lost).toBe(2);
  });

  it('allows repeats in a broken segment', () => {
    const disturbed = [...undisturbed.slice(0, 3), word(1, 10), word(1, 15)];
    expect(compareWords(undisturbed, disturbed, new Set([1]))).toEqual({ lost: 0, repeated: 1, repeatedOutside: 0 });
  });

  it('tells repeats in segments that did not break', () => {
    const disturbed = [word(0, 0), word(0, 0), ...undisturbed.slice(1)];
    expect(compareWords(undisturbed, disturbed, new Set([1]))).toEqual({ lost: 0, repeated: 1, repeatedOutside: 1 });
  });
});
