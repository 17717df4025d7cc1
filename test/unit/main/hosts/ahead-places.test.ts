import { describe, expect, it } from 'vitest';
import { type AheadPlace, AheadPlaces } from '../../../../main/hosts/ahead-places.ts';

class Place implements AheadPlace {
  isIdle = false;
  isLive = true;
  readonly told: unknown[] = [];

  sendAhead(params: unknown): void {
    this.told.push(params);
  }

  forgetAhead(): void {
    this.told.push('forget');
  }
}

describe('places where parameters lie ready', () => {
  it('keep them while they are at a call, however often they are looked at', () => {
    const [places, place] = [new AheadPlaces<Place>(), new Place()];
    places.send(place, [1]);
    places.tidy();
    places.tidy();
    expect(place.told).toEqual([[1]]);
  });

  it.each<[how: string, state: { isIdle?: boolean; isLive?: boolean }]>([
    ['have nothing more to do', { isIdle: true }],
    ['are gone', { isLive: false }],
  ])('forget them, once, when they %s', (_, state) => {
    const [places, place, other] = [new AheadPlaces<Place>(), new Place(), new Place()];
    places.send(place, [1]);
    places.send(other, [2]);
    Object.assign(place, state);
    places.tidy();
    places.tidy();
    expect(place.told).toEqual([[1], 'forget']);
    expect(other.told).toEqual([[2]]);
  });
});
