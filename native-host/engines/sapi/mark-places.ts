import type { Markup } from '../../../protocol/model/markup.ts';
import type { TextRange } from '../../../protocol/model/text-range.ts';

/** SSML: <mark name="…"/>. SAPI's XML: <bookmark mark="…"/>; its names of tags and attributes are of any case. */
const tags: Readonly<Record<Markup, RegExp>> = {
  ssml: /<mark\b[^>]*?\bname\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>/g,
  sapi: /<bookmark\b[^>]*?\bmark\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>/gi,
};

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Where the marks of a text are. SAPI tells a mark's name and not its place, so they are looked for in the text. */
export class MarkPlaces {
  readonly #places: readonly (TextRange & { readonly name: string })[];
  #next = 0;

  constructor(text: string, markup: Markup | undefined) {
    const found = markup === undefined ? [] : [...text.matchAll(tags[markup])];
    this.#places = found.map((match) => ({
      name: decodeEntities(match[1] ?? match[2] ?? ''),
      charIndex: match.index,
      charLength: match[0].length,
    }));
  }

  /** The next mark of that name: they come in the order of the text, and two may have the same name. */
  find(name: string): TextRange | undefined {
    const index = this.#places.findIndex((place, i) => i >= this.#next && place.name === name);
    const place = this.#places[index];
    if (!place) return undefined;
    this.#next = index + 1;
    return { charIndex: place.charIndex, charLength: place.charLength };
  }
}

function decodeEntities(value: string): string {
  return value.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    const code = Number.parseInt(hex ?? decimal ?? '', hex === undefined ? 10 : 16);
    if (name === undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    return entities[name] ?? whole;
  });
}
