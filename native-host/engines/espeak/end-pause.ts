/** A full stop, comma and their like at the end of a text, behind which only quotation marks and brackets stand. */
const ENDS_CLAUSE = /[\p{Sentence_Terminal},;:…—،؛、，；：]["'”’»」』)\]}]*$/u;

/** Ignored by the library, and yet no space. */
const SILENT = '\u200c';

/**
 * A text after which a build that cannot be told espeakENDPAUSE pauses like one that can. It leaves out the pause after
 * the last clause only, so a clause without words is added, and a full stop where the text has no end of a clause.
 * Positions of what is spoken stay.
 */
export function withEndPause(text: string): string {
  const spoken = text.trimEnd();
  const stop = ENDS_CLAUSE.test(spoken) ? '' : '.';
  return `${spoken}${stop}${text.slice(spoken.length)} ${SILENT}`;
}
