import type { Page } from '@playwright/test';

declare global {
  interface Window {
    announced: string[];
    layout: { boxes: string[]; shift: number };
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
 * Notes, with each word that is lit up, where the parts of the page are that nothing should move; and what the browser
 * itself counts as shifts of the layout.
 */
export async function recordLayout(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.layout = { boxes: [], shift: 0 };
    const parts = [...document.querySelectorAll('header, main, section[aria-label="Player"], .cm-editor, button')];
    const places = (): string =>
      parts
        .map((part) => {
          const { x, y, width, height } = part.getBoundingClientRect();
          return `${part.tagName} ${[x, y, width, height].map((px) => px.toFixed(1))}`;
        })
        .join('\n');
    const note = (): void => {
      const now = places();
      if (window.layout.boxes.at(-1) !== now) window.layout.boxes.push(now);
    };
    note();
    new MutationObserver(note).observe(document.querySelector('.cm-editor') as Element, {
      attributeFilter: ['data-spoken-from'],
    });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.layout.shift += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift' });
  });
}

/** `boxes`: each arrangement of the page that there was. `shift`: as in Cumulative Layout Shift, 0 when nothing moved. */
export function recordedLayout(page: Page): Promise<{ boxes: string[]; shift: number }> {
  return page.evaluate(() => window.layout);
}
