import type { Boundary } from '../../../protocol/model/boundary.ts';
import type { TextRange } from '../../../protocol/model/text-range.ts';
import { TextLocator } from '../text-locator.ts';
import type { EngineText } from './engine-text.ts';
import type { MarkPlaces } from './mark-places.ts';
import type { SapiRecord } from './records.ts';

const MAX_MARK_CHARS = 1_000;
const MAX_VISEME = 21;
const PUNCTUATION = /[\p{P}\s]/u;

/**
 * Makes boundaries of what SAPI reports. Voices differ in what they call a word (with its comma, or a part of it), so its
 * place is widened to whole words as Unicode defines them, each once and in order. Times never go back.
 */
export class BoundaryFinder {
  readonly #text: string;
  readonly #engineText: EngineText;
  readonly #marks: MarkPlaces;
  readonly #locator: TextLocator;
  #word: TextRange = { charIndex: 0, charLength: 0 };
  #atMs = 0;

  /** `text` is speakable. */
  constructor(text: string, engineText: EngineText, marks: MarkPlaces) {
    this.#text = text;
    this.#engineText = engineText;
    this.#marks = marks;
    this.#locator = new TextLocator(text);
  }

  /** In the order in which SAPI reports. Undefined for what is none. */
  find(record: SapiRecord): Boundary | undefined {
    switch (record.kind) {
      case 'word': {
        const bare = this.#withoutPunctuation(...this.#rangeOf(record));
        const word = bare && this.#locator.word(...bare);
        if (!word) return undefined;
        this.#word = { charIndex: word.start, charLength: word.end - word.start };
        return { kind: 'word', ...this.#word, atMs: this.#time(record) };
      }
      case 'sentence': {
        const sentence = this.#locator.sentence(this.#rangeOf(record)[0]);
        if (!sentence) return undefined;
        const { start, end } = sentence;
        return { kind: 'sentence', charIndex: start, charLength: end - start, atMs: this.#time(record) };
      }
      case 'bookmark': {
        const place = this.#marks.find(record.name) ?? { charIndex: this.#word.charIndex, charLength: 0 };
        return { kind: 'mark', name: record.name.slice(0, MAX_MARK_CHARS), ...place, atMs: this.#time(record) };
      }
      case 'viseme': {
        const { viseme, durationMs } = record;
        if (viseme > MAX_VISEME) return undefined;
        return { kind: 'viseme', viseme, durationMs, ...this.#word, atMs: this.#time(record) };
      }
      default:
        return undefined;
    }
  }

  #rangeOf({ start, length }: { readonly start: number; readonly length: number }): [number, number] {
    return [this.#engineText.toCaller(start), this.#engineText.toCaller(start + Math.max(0, length))];
  }

  /** Undefined when there is nothing else. */
  #withoutPunctuation(roughStart: number, roughEnd: number): [number, number] | undefined {
    let [start, end] = [roughStart, roughEnd];
    while (end > start && PUNCTUATION.test(this.#text.charAt(end - 1))) end -= 1;
    while (start < end && PUNCTUATION.test(this.#text.charAt(start))) start += 1;
    return start === end && roughStart < roughEnd ? undefined : [start, end];
  }

  #time({ atMs }: SapiRecord): number {
    this.#atMs = Math.max(this.#atMs, atMs);
    return this.#atMs;
  }
}
