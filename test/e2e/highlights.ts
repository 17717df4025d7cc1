import type { Page } from '@playwright/test';

/** A word that was lit up. */
export interface Highlight {
  /** In the editor's text, UTF-16. */
  readonly from: number;
  readonly to: number;
  /** How much audio had gone to the device at that moment, as the player says. */
  readonly playedMs: number;
}

declare global {
  interface Window {
    highlights: Highlight[];
  }
}

/** Notes each word that is lit up from now on. */
export async function recordHighlights(page: Page): Promise<void> {
  await page.evaluate(() => {
    const editor = document.querySelector<HTMLElement>('.cm-editor');
    const player = document.querySelector<HTMLElement>('[data-playback]');
    if (!editor || !player) throw new Error('there is no editor or no player');
    window.highlights = [];
    new MutationObserver(() => {
      const { spokenFrom, spokenTo } = editor.dataset;
      const last = window.highlights.at(-1);
      if (spokenFrom === undefined || (last?.from === Number(spokenFrom) && last.to === Number(spokenTo))) return;
      const playedMs = Number(player.dataset.playedMs);
      window.highlights.push({ from: Number(spokenFrom), to: Number(spokenTo), playedMs });
    }).observe(editor, { attributeFilter: ['data-spoken-from', 'data-spoken-to'] });
  });
}

export function recordedHighlights(page: Page): Promise<Highlight[]> {
  return page.evaluate(() => window.highlights);
}

/** What was lit up, as words of `text`. */
export async function highlightedWords(page: Page, text: string): Promise<string[]> {
  return (await recordedHighlights(page)).map(({ from, to }) => text.slice(from, to));
}

/** The words that a voice says, of a text without directives. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}
