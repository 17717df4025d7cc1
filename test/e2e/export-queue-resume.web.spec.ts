import { readFile } from 'node:fs/promises';
import { AsidePage } from './aside-page.ts';
import { expect, test } from './fixture.ts';
import { QueueView } from './queue-view.ts';
import { referenceSpeech } from './reference-speech.ts';
import type { RunningAside } from './running-aside.ts';

/** A dozen pieces, of which two are under way at a time: at 30 % some are done, and some are not. */
const LONG = 'Several {{slow 3}} ordinary listeners gathered quietly, and nobody spoke. '.repeat(300);

async function killInTheMiddle(running: RunningAside): Promise<void> {
  const before = new AsidePage(running.page);
  await before.ready();
  const queue = new QueueView(before.page);
  await queue.open();
  await queue.add({ name: 'book.txt', text: LONG });
  await queue.button('Start').click();
  await expect(queue.row('book.txt')).toContainText(/[3-9]\d %/u);
  await running.kill();
}

test.describe('after a kill -9 of the whole app', () => {
  test.use({ expectedComplaints: /WebSocket/ });

  test('an export of the queue is offered again and becomes the file that it would have been', async ({
    start,
    folder,
  }) => {
    await killInTheMiddle(await start());

    const after = new AsidePage((await start()).page);
    await after.ready();
    await after.notice('An export is not finished').getByRole('button', { name: 'Open the export queue' }).click();
    const again = new QueueView(after.page);
    const row = again.row('book.txt');
    await expect(again.rows).toHaveCount(1);
    await expect(row).toContainText(/Paused at [1-9]\d? %/u);
    await again.button('Go on').click();
    await expect(row).toHaveAttribute('data-state', 'done');

    const download = after.page.waitForEvent('download');
    await row.getByRole('link', { name: 'Download book.wav' }).click();
    const reference = await referenceSpeech(folder, LONG, { voice: 'scripted:en-us-high' });
    expect((await readFile(await (await download).path())).equals(reference.wav)).toBe(true);
  });

  test('an export that nobody wants any more is removed with what was done of it', async ({ start }) => {
    await killInTheMiddle(await start());

    const second = await start();
    const after = new AsidePage(second.page);
    await after.ready();
    const again = new QueueView(after.page);
    await again.open();
    await again.button('Remove book.txt').click();
    await expect(again.rows).toHaveCount(0);
    await second.close();
    const third = new AsidePage((await start()).page);
    await third.ready();
    await expect(third.notice('An export is not finished')).toHaveCount(0);
  });

  test('what waited and what was chosen is there again, and nothing begins by itself', async ({ start }) => {
    const first = await start();
    const before = new AsidePage(first.page);
    await before.ready();
    const queue = new QueueView(before.page);
    await queue.open();
    await queue.panel.getByRole('combobox', { name: 'Format' }).selectOption('MP3');
    await queue.panel.getByRole('combobox', { name: 'Subtitles' }).selectOption('SRT');
    await queue.add({ name: 'one.txt', text: 'Several.' }, { name: 'two.txt', text: 'Several listeners.' });
    await expect(before.announcements).toHaveText('2 texts added to the export queue');
    await first.kill();

    const after = new AsidePage((await start()).page);
    await after.ready();
    const notice = after.notice('2 texts wait in the export queue');
    await expect(notice).toContainText('Nothing is made before you start it.');
    await notice.getByRole('button', { name: 'Open the export queue' }).click();
    const again = new QueueView(after.page);
    expect(await again.names()).toEqual(['one.txt', 'two.txt']);
    await expect(again.row('one.txt')).toContainText('Waiting · MP3, SRT');
    await again.button('Start').click();
    await expect(again.row('two.txt')).toHaveAttribute('data-state', 'done');
    await expect(again.row('one.txt').getByRole('link')).toHaveText(['MP3', 'SRT']);
  });
});
