import { describe, expect, it } from 'vitest';
import { MarkPlaces } from '../../../../../native-host/engines/sapi/mark-places.ts';

describe('the places of marks', () => {
  it.each([
    ['ssml', 'One <mark name="a"/> two', 'a', '<mark name="a"/>'],
    ['ssml', "One <mark  name = 'a b' /> two", 'a b', "<mark  name = 'a b' />"],
    ['ssml', '<mark name="&lt;&#65;&#x42;&quot;"/>', '<AB"', '<mark name="&lt;&#65;&#x42;&quot;"/>'],
    ['sapi', 'One <BOOKMARK MARK="12"/> two', '12', '<BOOKMARK MARK="12"/>'],
  ] as const)('are those of the tags in %s: %j', (markup, text, name, tag) => {
    const place = new MarkPlaces(text, markup).find(name);
    expect(text.slice(place?.charIndex, (place?.charIndex ?? 0) + (place?.charLength ?? 0))).toBe(tag);
  });

  it('go on from one to the next of the same name', () => {
    const places = new MarkPlaces('<mark name="x"/> <mark name="y"/> <mark name="x"/>', 'ssml');
    expect([places.find('x'), places.find('x')].map((place) => place?.charIndex)).toEqual([0, 34]);
    expect(places.find('y')).toBe(undefined);
  });

  it('are none in plain text, nor of the other markup', () => {
    expect(new MarkPlaces('<mark name="x"/>', undefined).find('x')).toBe(undefined);
    expect(new MarkPlaces('<mark name="x"/>', 'sapi').find('x')).toBe(undefined);
  });
});
