/** Where the spoken word is in the editor's window, in CSS pixels; null when it is so far away that it is not drawn. */
export interface WordPlace {
  readonly word: { readonly top: number; readonly bottom: number } | null;
  readonly window: { readonly top: number; readonly bottom: number };
}

/** The part of the window in which the word may be without being scrolled, as shares of the window's height. */
const BAND = { top: 0.08, bottom: 0.7 };
/** Where a word is put that has left the band: so that most of what comes is below it. */
export const REST_AT = 0.25;

/**
 * What to do about a new spoken word. The view moves only when the word leaves the comfortable part of the window; a
 * user who has looked elsewhere is not pulled back, and is followed again once the word is in sight.
 */
export function decideFollow(place: WordPlace, isAway: boolean): 'stay' | 'scroll' | 'away' {
  if (!isInSight(place)) return isAway ? 'away' : 'scroll';
  if (!place.word) return 'scroll';
  const height = place.window.bottom - place.window.top;
  const isInBand =
    place.word.top >= place.window.top + height * BAND.top &&
    place.word.bottom <= place.window.top + height * BAND.bottom;
  return isInBand || isAway ? 'stay' : 'scroll';
}

export function isInSight({ word, window }: WordPlace): boolean {
  return word !== null && word.bottom > window.top && word.top < window.bottom;
}
