import type { Page } from '@playwright/test';

declare global {
  interface Window {
    layout: { movedPx: number; shifts: string[] };
    wordsInView: { inView: number; outOfView: string[] };
  }
}

/**
 * Notes, with each word that is lit up, how far the words of the text and the parts of the page are from where they are
 * now; and what the browser itself counts as a shift. Of its shifts those do not count in which nothing but text nodes (a highlight splits them,
 * the letters stay) or the handle of a slider has moved.
 */
export async function recordLayout(page: Page): Promise<void> {
  await page.evaluate(() => {
    const record = { movedPx: 0, shifts: [] as string[] };
    window.layout = record;
    const parts = [...document.querySelectorAll('header, header *, main, .cm-editor, .player, .player *')].filter(
      (part) => !part.closest('svg, .fui-Slider, .status__line'),
    );

    const words = (): DOMRect[] => {
      const texts = document.createTreeWalker(document.querySelector('.cm-content') as Element, NodeFilter.SHOW_TEXT);
      const rects: DOMRect[] = [];
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        for (const word of text.textContent?.matchAll(/\p{L}+/gu) ?? []) {
          const range = new Range();
          range.setStart(text, word.index);
          range.setEnd(text, word.index + word[0].length);
          rects.push(range.getBoundingClientRect());
        }
      }
      return rects;
    };
    const places = (): number[] =>
      [...parts.map((part) => part.getBoundingClientRect()), ...words()].flatMap((rect) => [
        rect.x,
        rect.y,
        rect.right,
        rect.bottom,
      ]);
    const before = places();
    const note = (): void => {
      const moves = places().map((px, index) => Math.abs(px - (before[index] ?? Number.NaN)));
      record.movedPx = Math.max(record.movedPx, ...moves);
    };
    new MutationObserver(note).observe(document.querySelector('.cm-editor') as Element, {
      attributeFilter: ['data-spoken-from'],
    });
    new PerformanceObserver((list) => {
      for (const { sources } of list.getEntries() as unknown as { sources: { node: Node | null }[] }[]) {
        for (const { node } of sources) {
          if (node instanceof Element && !node.closest('.fui-Slider, .status__line'))
            record.shifts.push(node.className);
        }
      }
    }).observe({ type: 'layout-shift' });
  });
}

/** `movedPx`: the farthest that anything was from its place. `shifts`: what the browser saw move. */
export function recordedLayout(page: Page): Promise<{ movedPx: number; shifts: string[] }> {
  return page.evaluate(() => window.layout);
}

/**
 * Notes, for each word that is lit up, whether the view follows it within a few frames: it is measured in one and
 * scrolled in the next. A word that is over before that, as on a busy machine, is not counted.
 */
export async function recordWordsInView(page: Page): Promise<void> {
  await page.evaluate(() => {
    const record = { inView: 0, outOfView: [] as string[] };
    window.wordsInView = record;
    const editor = document.querySelector<HTMLElement>('.cm-editor') as HTMLElement;
    const isInView = (): boolean => {
      const place = document.querySelector('.spoken-word')?.getBoundingClientRect();
      const view = document.querySelector('.cm-scroller')?.getBoundingClientRect();
      return place !== undefined && view !== undefined && place.top >= view.top && place.bottom <= view.bottom;
    };
    const look = (spokenFrom: string | undefined, framesLeft: number): void => {
      if (spokenFrom === undefined || editor.dataset.spokenFrom !== spokenFrom) return;
      if (isInView()) record.inView += 1;
      else if (framesLeft === 0)
        record.outOfView.push(document.querySelector('.spoken-word')?.textContent ?? 'not drawn');
      else requestAnimationFrame(() => look(spokenFrom, framesLeft - 1));
    };
    new MutationObserver(() => {
      const { spokenFrom } = editor.dataset;
      requestAnimationFrame(() => look(spokenFrom, 4));
    }).observe(editor, { attributeFilter: ['data-spoken-from'] });
  });
}

/** `inView`: how many words could be seen. `outOfView`: those that could not. */
export function recordedWordsInView(page: Page): Promise<{ inView: number; outOfView: string[] }> {
  return page.evaluate(() => window.wordsInView);
}
