import { expect, type Locator, type Page } from '@playwright/test';
import { KEYS } from './keys.ts';

declare global {
  interface Window {
    largestMb: number;
  }
}

/** What a user finds in the Processes view. */
export class ProcessesView {
  readonly page: Page;
  readonly panel: Locator;
  readonly table: Locator;
  readonly ended: Locator;
  readonly developer: Locator;
  readonly delays: Locator;

  constructor(page: Page) {
    this.page = page;
    this.panel = page.getByRole('region', { name: 'Processes', exact: true });
    this.table = this.panel.getByRole('region', { name: 'All processes' });
    this.ended = this.panel.getByRole('region', { name: 'Ended lately' });
    this.developer = this.panel.getByRole('region', { name: 'For developers' });
    this.delays = this.panel.getByRole('table', { name: /^Longest delay in the last minute/ });
  }

  async open(): Promise<void> {
    await this.page.keyboard.press(KEYS.processes);
    await expect(this.table).toBeVisible();
  }

  /** The row of a host with that process id. */
  host(pid: number): Locator {
    return this.table.locator(`[data-host="${pid}"]`);
  }

  /** The rows of hosts that say so. */
  hosts(text: string | RegExp = ''): Locator {
    return this.table.locator('[data-host]').filter({ hasText: text });
  }

  /** Waits until a host speaks. Its process id. */
  async speaking(): Promise<number> {
    await expect(this.hosts('Speaking')).toHaveCount(1);
    return Number(await this.hosts('Speaking').getAttribute('data-host'));
  }

  /** Notes the memory that the table tells of that host from now on. */
  async recordMemoryOf(pid: number): Promise<void> {
    await this.page.evaluate((wanted) => {
      window.largestMb = 0;
      new MutationObserver(() => {
        const shown = document.querySelector(`[data-host="${wanted}"]`)?.textContent ?? '';
        const memory = / %([\d.]+) MB/.exec(shown)?.[1] ?? '0';
        window.largestMb = Math.max(window.largestMb, Number(memory));
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    }, pid);
  }

  recordedMemoryMb(): Promise<number> {
    return this.page.evaluate(() => window.largestMb);
  }

  /** Process ids of the hosts that are listed, in their order. */
  async pids(): Promise<number[]> {
    const rows = await this.hosts().all();
    return Promise.all(rows.map(async (row) => Number(await row.getAttribute('data-host'))));
  }

  button(name: string): Locator {
    return this.panel.getByRole('button', { name, exact: true });
  }

  /** The end of that process, in the list of those that ended lately. */
  endOf(pid: number): Locator {
    const who = this.page.locator('.ended__who', { hasText: new RegExp(`^${pid} `, 'u') });
    return this.ended.getByRole('listitem').filter({ has: who });
  }
}
