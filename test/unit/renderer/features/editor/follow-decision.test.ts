import { describe, expect, test } from 'vitest';
import { decideFollow } from '../../../../../renderer/features/editor/follow-decision.ts';

const window = { top: 100, bottom: 1_100 };
const wordAt = (top: number) => ({ word: { top, bottom: top + 30 }, window });

describe('decideFollow', () => {
  test.each([
    ['stays while the word is in the comfortable part', wordAt(500), 'stay'],
    ['stays at the end of the comfortable part', wordAt(760), 'stay'],
    ['scrolls when the word gets near the bottom', wordAt(900), 'scroll'],
    ['scrolls when the word is at the very top', wordAt(110), 'scroll'],
    ['scrolls when the word is out of sight', wordAt(1_500), 'scroll'],
    ['scrolls when the word is not even drawn', { word: null, window }, 'scroll'],
  ] as const)('%s', (_, place, decision) => {
    expect(decideFollow(place, false)).toBe(decision);
  });

  test.each([
    ['is not pulled back to a word that is out of sight', wordAt(1_500), 'away'],
    ['is not pulled back to a word that is not drawn', { word: null, window }, 'away'],
    ['is followed again without a jump when the word is in sight', wordAt(1_000), 'stay'],
  ] as const)('a user who looks elsewhere %s', (_, place, decision) => {
    expect(decideFollow(place, true)).toBe(decision);
  });
});
