import type { Page } from '@playwright/test';

declare global {
  interface Window {
    announced: string[];
    layout: { movedPx: number; shifts: string[] };
  }
}

/** Notes what any live region says from now on: what a screen reader would tell. */
export async function recordAnnouncements(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.announced = [];
    const live = '[aria-live]:not([aria-live="off"]), [role="status"], [role="alert"], [role="log"]';
    new MutationObserver((changes) => {
      const regions = changes.flatMap(({ target, addedNodes }) => {
        const element = target instanceof Element ? target : target.parentElement;
        const added = [...addedNodes].filter((node) => node instanceof Element);
        return [element?.closest(live), ...added.flatMap((node) => (node.matches(live) ? [node] : []))];
      });
      for (const region of new Set(regions)) {
        const text = region?.textContent?.trim();
        if (text) window.announced.push(text);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

export function recordedAnnouncements(page: Page): Promise<string[]> {
  return page.evaluate(() => window.announced);
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
