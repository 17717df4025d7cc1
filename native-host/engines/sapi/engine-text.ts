import type { Markup } from '../../../protocol/model/markup.ts';

/** What SAPI is given to say, and where that is in the caller's text. */
export interface EngineText {
  readonly text: string;
  readonly markup: Markup | 'none';
  /** UTF-16 index in the caller's text of an index in `text`. */
  toCaller(index: number): number;
}

/**
 * Control characters (NUL ends a text; others are no XML), halves of surrogate pairs, and the two code points that are no
 * characters. Tab, line feed and carriage return stay.
 */
const UNSPEAKABLE = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu;

const escapes: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

/** The same text, well-formed, with spaces in place of what cannot be spoken: each character is where it was. */
export function toSpeakable(text: string): string {
  return text.replace(UNSPEAKABLE, ' ');
}

/**
 * Plain text stays plain, and SAPI is told so, whatever it looks like. Only a pitch makes markup of it, because SAPI has
 * no other way to say it: then everything in the text that could be markup is escaped. Markup of the caller's keeps its
 * own positions. With SSML the pitch is the author's affair alone, who has `<prosody>`. `text` is speakable.
 */
export function toEngineText(text: string, markup: Markup | undefined, pitch: number): EngineText {
  if (markup === 'ssml') return { text: text, markup, toCaller: (index) => clamp(index, text.length) };
  if (pitch === 0) {
    return { text: text, markup: markup ?? 'none', toCaller: (index) => clamp(index, text.length) };
  }
  const head = `<pitch absmiddle="${pitch}">`;
  const tail = '</pitch>';
  if (markup === 'sapi') {
    const toCaller = (index: number): number => clamp(index - head.length, text.length);
    return { text: `${head}${text}${tail}`, markup, toCaller };
  }
  const { escaped, origins } = escapeAll(text);
  const toCaller = (index: number): number => origins[clamp(index - head.length, origins.length - 1)] ?? text.length;
  return { text: `${head}${escaped}${tail}`, markup: 'sapi', toCaller };
}

/** `origins[i]` is where unit `i` of `escaped` comes from; one more than that is the end. */
function escapeAll(text: string): { escaped: string; origins: Uint32Array } {
  const parts: string[] = [];
  const origins: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charAt(index);
    const part = escapes[unit] ?? unit;
    parts.push(part);
    for (let i = 0; i < part.length; i++) origins.push(index);
  }
  origins.push(text.length);
  return { escaped: parts.join(''), origins: Uint32Array.from(origins) };
}

function clamp(index: number, max: number): number {
  return Math.min(max, Math.max(0, index));
}
