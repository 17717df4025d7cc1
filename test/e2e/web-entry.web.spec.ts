import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { AsidePage } from './aside-page.ts';
import { expect, test } from './fixture.ts';
import type { RunningAside } from './running-aside.ts';
import { savedFile } from './saved-file.ts';

/** A browser that has never been here. */
async function strangerTo(running: RunningAside): Promise<BrowserContext> {
  const browser = running.page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  return browser.newContext();
}

test.describe('the way in', () => {
  test.use({ expectedComplaints: /403/ });

  test('another browser does not get in, neither without the token nor with one that is spent', async ({
    aside,
    running,
  }) => {
    await aside.write('Private.');
    const stranger = await strangerTo(running);
    const page = await stranger.newPage();
    for (const url of [new URL('/', running.page.url()).href, running.entryUrl ?? '']) {
      const response = await page.goto(url);
      expect(response?.status()).toBe(403);
      await expect(page.getByRole('heading', { name: 'This address does not open Aside' })).toBeVisible();
    }
    expect(await stranger.cookies()).toEqual([]);
    await stranger.close();
  });

  test('a second tab of the same browser gets in, and finds the text', async ({ aside, running, dataDir }) => {
    await aside.write('What I had typed.');
    await expect.poll(() => savedFile(dataDir, 'draft.txt')).toContain('What I had typed.');
    const second = await running.page.context().newPage();
    await second.goto(new URL('/', running.page.url()).href);

    await expect.poll(() => new AsidePage(second).text()).toBe('What I had typed.');
  });
});

test('the page keeps its token and cookie to itself, and reaches nothing but its own server', async ({ start }) => {
  const { page, entryUrl } = await start();
  const requested: string[] = [];
  page.on('request', (request) => requested.push(new URL(request.url()).origin));
  await page.reload();
  await new AsidePage(page).ready();

  const own = new URL(page.url()).origin;
  expect(new URL(page.url()).pathname).toBe('/');
  expect(page.url()).not.toContain(new URL(entryUrl ?? '').pathname);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  expect([...new Set(requested)]).toEqual([own]);
});

test('an export is downloaded by itself, and again when it is asked for', async ({ aside, running, folder }) => {
  const paths = [join(folder, 'first.wav'), join(folder, 'second.wav')] as const;
  await aside.write('Several listeners.');
  await aside.export();
  await running.fetchExport(paths[0]);

  await aside.exportCard.getByRole('link', { name: 'Download again' }).click();
  await running.fetchExport(paths[1]);

  const [first, second] = paths.map((path) => readFileSync(path));
  expect(first?.toString('latin1', 0, 4)).toBe('RIFF');
  expect(first?.equals(second ?? Buffer.of())).toBe(true);
});

test.describe('when the server is gone', () => {
  test.use({ expectedComplaints: /WebSocket|ERR_CONNECTION_REFUSED/ });

  test('the page says so and keeps what is typed, and the next start has what was saved', async ({
    aside,
    running,
    start,
    dataDir,
  }) => {
    await aside.write('Before.');
    await expect.poll(() => savedFile(dataDir, 'draft.txt')).toContain('Before.');
    await running.kill();

    const banner = aside.page.getByRole('alert');
    await expect(banner).toContainText('Aside has ended');
    await expect(banner).toContainText('Nothing you typed is lost');
    await aside.write(' After.');
    expect(await aside.text()).toBe('Before. After.');
    await banner.getByRole('button', { name: 'Reconnect' }).click();
    await expect(banner).toContainText('Aside does not answer');
    const next = new AsidePage((await start()).page);
    await next.ready();
    await expect.poll(() => next.text()).toBe('Before.');
    expect(await aside.text()).toBe('Before. After.');
  });
});
