import type { Page } from '@playwright/test';

declare global {
  interface Window {
    announced: string[];
    progressTold: string[];
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
