import { expect, type Locator, type Page } from '@playwright/test';

/** The export queue as a user finds it. */
export class QueueView {
  readonly page: Page;
  readonly panel: Locator;
  readonly list: Locator;
  readonly rows: Locator;

  constructor(page: Page) {
    this.page = page;
    this.panel = page.getByRole('region', { name: 'Export queue' });
    this.list = this.panel.getByRole('list', { name: 'Texts to export' });
    this.rows = this.list.getByRole('listitem');
  }

  async open(): Promise<void> {
    await this.page.getByRole('banner').getByRole('button', { name: 'Export queue' }).click();
    await expect(this.panel).toBeVisible();
  }

  /** Chooses files in the browser's own way. */
  async add(...files: { name: string; text: string }[]): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.button('Add files').click();
    await (await chooser).setFiles(
      files.map(({ name, text }) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })),
    );
    await expect(this.row(files.at(-1)?.name ?? '')).toBeVisible();
  }

  row(name: string): Locator {
    return this.rows.filter({ hasText: name });
  }

  button(name: string): Locator {
    return this.panel.getByRole('button', { name, exact: true });
  }

  /** The names in their order. */
  async names(): Promise<string[]> {
    return this.list.locator('.queue-row__name').allInnerTexts();
  }
}
