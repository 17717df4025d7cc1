/** A host that parameters can lie ready with. */
export interface AheadPlace {
  readonly isIdle: boolean;
  readonly isLive: boolean;
  sendAhead(params: unknown): void;
  forgetAhead(): void;
}

/** Where parameters may lie ready that are still to be run, so that none keep them that have nothing more to do. */
export class AheadPlaces<Place extends AheadPlace> {
  readonly #places = new Set<Place>();

  /** `place` is at a call; `params` are likely to be those of its next. */
  send(place: Place, params: unknown): void {
    place.sendAhead(params);
    this.#places.add(place);
  }

  /** Once all that can run does: has them forgotten where they were for nothing. */
  tidy(): void {
    for (const place of this.#places) {
      if (place.isLive && !place.isIdle) continue;
      place.forgetAhead();
      this.#places.delete(place);
    }
  }
}
