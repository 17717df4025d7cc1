import type { Page } from '@playwright/test';

/** A word that was lit up. */
export interface Highlight {
  /** As it stood on the page. */
  readonly word: string;
  /** How much audio had gone to the device at that moment, as the player says. */
  readonly playedMs: number;
}

declare global {
  interface Window {
    /** All words that were lit up since the recording began. */
    highlights?: Highlight[];
  }
}

/** Notes each word that is lit up from now on. Does nothing the second time. */
export async function recordHighlights(page: Page): Promise<void> {
  await page.evaluate(() => {
    const editor = document.querySelector<HTMLElement>('.cm-editor');
    const player = document.querySelector<HTMLElement>('[data-playback]');
    if (!editor || !player) throw new Error('there is no editor or no player');
    if (window.highlights) return;
    const highlights: Highlight[] = [];
    window.highlights = highlights;
    let last = '';
    new MutationObserver(() => {
      const { spokenFrom, spokenTo } = editor.dataset;
      const place = `${spokenFrom}-${spokenTo}`;
      if (place === last) return;
      last = place;
      if (spokenFrom === undefined) return;
      const word = editor.querySelector('.spoken-word')?.textContent ?? '';
      highlights.push({ word, playedMs: Number(player.dataset.playedMs) });
    }).observe(editor, { attributeFilter: ['data-spoken-from', 'data-spoken-to'] });
  });
}

/**
 * Waits until `word` is lit up, or has been since the highlight of index `since`: a word that comes and goes between two
 * looks counts. Resolves with the index after it.
 */
export async function waitForHighlight(page: Page, word: string, since: number): Promise<number> {
  const handle = await page.waitForFunction(
    ({ wanted, from }) => {
      const index = window.highlights?.findIndex((highlight, i) => i >= from && highlight.word === wanted) ?? -1;
      return index + 1;
    },
    { wanted: word, from: since },
    { timeout: 60_000 },
  );
  return handle.jsonValue();
}

export function recordedHighlights(page: Page): Promise<Highlight[]> {
  return page.evaluate(() => window.highlights ?? []);
}

/** The words that a voice says, of a text without directives. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}
