/** Bytes or characters that are looked at to tell text from other things. */
const SAMPLE = 64 * 1024;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const STRANGE_BYTES = /[\0-\x07\x0e-\x19\x1c-\x1f]/g;
/**
 * What no text has in number: halves of characters, private and unassigned ones, and controls but for tab, line ends,
 * backspace, Ctrl-Z and escape.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const STRANGE = /[\0-\x07\x0e-\x19\x1c-\x1f\p{Cs}\p{Co}\p{Cn}]/gu;

export function looksBinary(text: string): boolean {
  return isStrange(text.slice(0, SAMPLE), STRANGE);
}

/** Of bytes in any encoding. Apart from `looksBinary`, because the classes of all characters take 5 ms to compile. */
export function bytesLookBinary(bytes: Uint8Array): boolean {
  const sample = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SAMPLE)).toString('latin1');
  return isStrange(sample, STRANGE_BYTES);
}

function isStrange(sample: string, strange: RegExp): boolean {
  return (sample.match(strange)?.length ?? 0) > 2 + sample.length / 100;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it blanks out
const UNSPEAKABLE = /[\0-\x08\x0e-\x1f\x7f]/g;

/**
 * Page breaks, vertical tabs and lone carriage returns end a line; a zero byte would end the text for a native engine.
 * One character becomes one character and CRLF stays, so that positions in timings are positions in the file's text.
 */
export function tidy(text: string): string {
  const withoutMark = text.startsWith('\ufeff') ? text.slice(1) : text;
  return withoutMark.replace(/\r(?!\n)|[\v\f]/g, '\n').replace(UNSPEAKABLE, ' ');
}
