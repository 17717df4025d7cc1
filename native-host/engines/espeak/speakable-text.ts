/**
 * Characters that mean something else than themselves to the library, or nothing that can be spoken: control characters
 * (NUL ends a text, U+0001 starts a command, U+0002 after a bracket starts phonemes), U+0530 and U+0557, which it takes
 * for its own marks of emphasis and pause, U+FFFD, at which the WebAssembly build starts to take UTF-8 for Latin-1,
 * and halves of surrogate pairs. Tab, line feed and carriage return stay.
 */
const UNSPEAKABLE = /[\p{Cc}\p{Cs}\u0530\u0557\ufffd]/gu;

const LONE_CARRIAGE_RETURN = /\r(?!\n)/g;

/** The text that the library gets: well-formed, nothing in it is a command, and each character is where it was. */
export function toSpeakable(text: string): string {
  return text
    .replace(UNSPEAKABLE, (character) => ('\t\n\r'.includes(character) ? character : ' '))
    .replace(LONE_CARRIAGE_RETURN, '\n');
}
