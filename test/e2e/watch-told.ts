import type { Page } from '@playwright/test';

declare global {
  interface Window {
    announced: string[];
    progressTold: string[];
    noticesShown?: string[];
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

/** Notes what the bar of a running export tells of its progress. */
export async function recordProgress(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.progressTold = [];
    new MutationObserver(() => {
      const text = document.querySelector('[role="progressbar"]')?.getAttribute('aria-valuetext');
      if (text && text !== window.progressTold.at(-1)) window.progressTold.push(text);
    }).observe(document.body, { subtree: true, childList: true, attributeFilter: ['aria-valuetext'] });
  });
}

export function recordedProgress(page: Page): Promise<string[]> {
  return page.evaluate(() => window.progressTold);
}

/** Keeps the text of each notice that is shown from now on: some go away by themselves. Does nothing the second time. */
export async function recordNotices(page: Page): Promise<void> {
  await page.evaluate(() => {
    if (window.noticesShown) return;
    const shown: string[] = [];
    window.noticesShown = shown;
    const note = (): void => {
      for (const notice of document.querySelectorAll('[data-notice]')) {
        const text = notice.textContent ?? '';
        if (notice.checkVisibility() && !shown.includes(text)) shown.push(text);
      }
    };
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
    note();
  });
}

export function recordedNotices(page: Page): Promise<string[]> {
  return page.evaluate(() => window.noticesShown ?? []);
}
