import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDirectives } from '../../../../../native-host/engines/scripted/directives.ts';

describe('parseDirectives', () => {
  it('finds directives with name, argument and position', () => {
    expect(parseDirectives('One {{block 500}} two{{hang}}').directives).toEqual([
      { name: 'block', argument: '500', charIndex: 4 },
      { name: 'hang', argument: '', charIndex: 21 },
    ]);
  });

  it('leaves spaces in their place, so that all other text stays where it is', () => {
    expect(parseDirectives('One {{fail}} two').spoken).toBe('One          two');
  });

  it('takes a path with spaces and dots as one argument', () => {
    expect(parseDirectives('{{crash-once /tmp/a b.c/d}}').directives).toEqual([
      { name: 'crash-once', argument: '/tmp/a b.c/d', charIndex: 0 },
    ]);
  });

  it.each(['{{}}', '{{unknown}}', '{fail}', '{{fail', '{{failure}}', '{{ fail}}', '{{fail  }'])(
    'takes %j as text',
    (text) => {
      expect(parseDirectives(text)).toEqual({ directives: [], spoken: text });
    },
  );

  it('never changes the length of a text', () => {
    const part = fc.oneof(fc.string(), fc.constantFrom('{{hang}}', '{{block 1}}', '{{', '}}', '😀', '\uD83D'));
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('');
        expect(parseDirectives(text).spoken).toHaveLength(text.length);
      }),
    );
  });
});
