import type { Page } from '@playwright/test';
import type { AsidePage } from './aside-page.ts';

declare global {
  interface Window {
    tabbed: Set<Element>;
  }
}

const CONTROLS = 'button:not([disabled]), input, a[href], [role="textbox"]';
const MAX_TABS = 60;
/** Wide enough for a ring around a control, too narrow for its neighbour's. */
const RING_PX = 3;

/**
 * Presses Tab from the editor on until the focus is back there. `missed`: controls that the focus did not come to.
 * `unseen`: controls that look the same with and without the focus.
 */
export async function tabThrough({ page, editor }: AsidePage): Promise<{ missed: string[]; unseen: string[] }> {
  await hideTips(page);
  await page.evaluate(() => {
    window.tabbed = new Set();
  });
  await editor.focus();
  const unseen: string[] = [];
  for (let tabs = 0; tabs < MAX_TABS; tabs++) {
    await page.keyboard.press('Tab');
    if (await isFocusOn(page, '[role="textbox"]')) break; // its focus is the cursor
    if ((await isFocusOn(page, CONTROLS)) && !(await isFocusSeen(page))) unseen.push(await describeFocus(page));
  }
  return { missed: await missedControls(page), unseen };
}

async function missedControls(page: Page): Promise<string[]> {
  return page.evaluate((controls) => {
    const isShown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });
    return [...document.querySelectorAll(controls)]
      .filter((element) => isShown(element) && !window.tabbed.has(element))
      .map((element) => element.outerHTML.slice(0, 200));
  }, CONTROLS);
}

/** Notes what has the focus as reached. */
async function isFocusOn(page: Page, selector: string): Promise<boolean> {
  return page.evaluate((wanted) => {
    const { activeElement } = document;
    if (activeElement) window.tabbed.add(activeElement);
    return activeElement?.matches(wanted) === true;
  }, selector);
}

async function describeFocus(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200) ?? '');
}

async function isFocusSeen(page: Page): Promise<boolean> {
  const element = await page.evaluateHandle(() => document.activeElement as HTMLElement);
  // Of a slider the input is invisible and lies in what one sees of it.
  const shown = await element.evaluateHandle((node) => node.closest<HTMLElement>('.fui-Slider') ?? node);
  const box = await shown.boundingBox();
  const [maxWidth, maxHeight] = await page.evaluate(() => [innerWidth, innerHeight] as const);
  if (!box) return false;
  const [x, y] = [Math.max(0, box.x - RING_PX), Math.max(0, box.y - RING_PX)];
  const width = Math.min(maxWidth - x, box.width + 2 * RING_PX);
  const height = Math.min(maxHeight - y, box.height + 2 * RING_PX);
  const clip = { x, y, width, height };
  const withFocus = await page.screenshot({ clip, animations: 'disabled' });
  await element.evaluate((node) => node.blur());
  const without = await page.screenshot({ clip, animations: 'disabled' });
  await element.evaluate((node) => node.focus());
  return !withFocus.equals(without);
}

/** They come with the focus, and it is not by them that one should see it. */
async function hideTips(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.fui-Tooltip__content { display: none !important; }');
    document.adoptedStyleSheets.push(sheet);
  });
}
