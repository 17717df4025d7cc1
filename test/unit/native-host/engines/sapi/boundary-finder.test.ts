import { describe, expect, it } from 'vitest';
import { BoundaryFinder } from '../../../../../native-host/engines/sapi/boundary-finder.ts';
import { toEngineText } from '../../../../../native-host/engines/sapi/engine-text.ts';
import { MarkPlaces } from '../../../../../native-host/engines/sapi/mark-places.ts';
import type { SapiRecord } from '../../../../../native-host/engines/sapi/records.ts';
import type { Boundary } from '../../../../../protocol/model/boundary.ts';
import type { Markup } from '../../../../../protocol/model/markup.ts';

function finderFor(text: string, { pitch = 0, markup }: { pitch?: number; markup?: Markup } = {}) {
  const engineText = toEngineText(text, markup, pitch);
  return new BoundaryFinder(text, engineText, new MarkPlaces(text, markup));
}

const word = (start: number, length: number, atMs = 0): SapiRecord => ({
  kind: 'word',
  utterance: 1,
  start,
  length,
  atMs,
});
const slice = (text: string, boundary: Boundary | undefined): string | undefined =>
  boundary && text.slice(boundary.charIndex, boundary.charIndex + boundary.charLength);

describe('boundaries of what SAPI reports', () => {
  it.each([
    ['a whole word', 0, 5, 'Hello'],
    ['a word with its comma', 0, 6, 'Hello'],
    ['a part of a word', 7, 3, "don't"],
    ['nothing but its place', 7, 0, "don't"],
  ])('are words, also of %s', (_, start, length, expected) => {
    const text = "Hello, don't go.";
    expect(slice(text, finderFor(text).find(word(start, length)))).toBe(expected);
  });

  it.each([
    ['punctuation', 5, 1],
    ['white space', 6, 1],
    ['a place behind the text', 900, 4],
  ])('are none of %s', (_, start, length) => {
    expect(finderFor('Hello, you.').find(word(start, length))).toBe(undefined);
  });

  it('come once, and never go back in time', () => {
    const finder = finderFor('One two');
    const found = [word(0, 3, 10), word(0, 3, 10), word(4, 3, 5)].map((record) => finder.find(record));
    expect(found).toEqual([
      { kind: 'word', charIndex: 0, charLength: 3, atMs: 10 },
      undefined,
      { kind: 'word', charIndex: 4, charLength: 3, atMs: 10 },
    ]);
  });

  it('are places in the text of the caller when the pitch made markup of it', () => {
    const text = 'a < b & c';
    const spoken = toEngineText(text, undefined, 3).text;
    const finder = finderFor(text, { pitch: 3 });
    expect(slice(text, finder.find(word(spoken.indexOf('b &'), 1)))).toBe('b');
    expect(slice(text, finder.find(word(spoken.indexOf('; c') + 2, 1)))).toBe('c');
  });

  it('of markup are places in the markup, marks those of their tags, visemes those of their word', () => {
    const text = '<speak>One <mark name="m"/>two</speak>';
    const finder = finderFor(text, { markup: 'ssml' });
    const found = [
      finder.find(word(7, 3, 1)),
      finder.find({ kind: 'viseme', utterance: 1, viseme: 4, durationMs: 50, atMs: 1 }),
      finder.find({ kind: 'bookmark', utterance: 1, name: 'm', atMs: 2 }),
      finder.find({ kind: 'bookmark', utterance: 1, name: 'not in the text', atMs: 3 }),
    ];
    expect(found).toEqual([
      { kind: 'word', charIndex: 7, charLength: 3, atMs: 1 },
      { kind: 'viseme', viseme: 4, durationMs: 50, charIndex: 7, charLength: 3, atMs: 1 },
      { kind: 'mark', name: 'm', charIndex: 11, charLength: 16, atMs: 2 },
      { kind: 'mark', name: 'not in the text', charIndex: 7, charLength: 0, atMs: 3 },
    ]);
  });

  it('are none of a viseme that SAPI does not have', () => {
    const viseme: SapiRecord = { kind: 'viseme', utterance: 1, viseme: 99, durationMs: 50, atMs: 1 };
    expect(finderFor('One').find(viseme)).toBe(undefined);
  });
});
