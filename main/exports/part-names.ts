import { basename, dirname, extname, join } from 'node:path';
import { cleanName, fitName, MAX_NAME_BYTES } from './safe-file-name.ts';

/** A title in a name tells parts apart; a player has the whole of it in its tags. */
const MAX_TITLE_BYTES = 100;

export interface Part {
  /** From 1. */
  readonly number: number;
  /** How many there are; undefined where that is not known before the last is made. */
  readonly of?: number | undefined;
  readonly title?: string | undefined;
}

/**
 * Where a part of a split export goes: `book.mp3` becomes `book-01.mp3`, or `book-01 The Storm.mp3` with a title. The
 * number comes before the title and has leading zeros (two figures, three where the end is not known), so that
 * every player and file manager puts parts in order. A name too long for the disk loses the end of its title, then of its stem.
 */
export function partPath(target: string, { number, of, title = '' }: Part): string {
  const extension = extname(target);
  const figures = of === undefined ? 3 : Math.max(2, String(of).length);
  const count = `-${String(number).padStart(figures, '0')}`;
  const room = MAX_NAME_BYTES - Buffer.byteLength(count + extension);
  const stem = fitName(basename(target, extension), room);
  const words = cleanName(fitName(cleanName(title), Math.min(MAX_TITLE_BYTES, room - Buffer.byteLength(stem) - 1)));
  return join(dirname(target), `${stem}${count}${words === '' ? '' : ` ${words}`}${extension}`);
}

/** Tells the first part of a series that was exported as `target`, whatever its title, by the name of its file. */
export function firstPartOf(target: string): (name: string) => boolean {
  const extension = extname(target);
  const untitled = firstNames(target);
  const beginnings = untitled.map((name) => `${basename(name, extension)} `);
  return (name) =>
    untitled.includes(name) || (name.endsWith(extension) && beginnings.some((beginning) => name.startsWith(beginning)));
}

/** Where it is known how many parts there are, and where it is not. */
const firstNames = (target: string): string[] =>
  [1, undefined].map((of) => basename(partPath(target, { number: 1, of })));

/** What stands before the number in the name of the first part of a series that was exported as `target`. */
export function stemsOfParts(target: string): ReadonlySet<string> {
  return new Set(firstNames(target).map((name) => basename(name, extname(target)).replace(/-0*1$/u, '')));
}

/** The stems of which the file `name` may be the first part: several where its title looks like a number, too. */
export function stemsOfFirstPart(name: string): string[] {
  return [...name.matchAll(/-0{0,2}1(?=[ .]|$)/gu)].map(({ index }) => name.slice(0, index));
}
