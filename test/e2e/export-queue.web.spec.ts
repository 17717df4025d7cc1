import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixture.ts';
import { QueueView } from './queue-view.ts';
import { referenceSpeech } from './reference-speech.ts';

const WORDS = 'Several ordinary listeners gathered quietly. ';
/** Takes until it is cancelled or paused. */
const ENDLESS = WORDS.repeat(300).replaceAll('Several', 'Several {{slow 100}}');

test('texts become audio one after the other, each to be downloaded, and what fails says why', async ({
  aside,
  folder,
}) => {
  const queue = new QueueView(aside.page);
  await queue.open();
  await queue.add(
    { name: 'one.txt', text: 'Several.' },
    { name: 'bad.txt', text: 'Alpha {{fail}} bravo.' },
    { name: 'empty.txt', text: ' \n' },
    { name: 'two.txt', text: WORDS.repeat(3) },
  );
  await queue.button('Start').click();

  await expect(queue.row('two.txt')).toHaveAttribute('data-state', 'done');
  await expect(queue.row('one.txt')).toHaveAttribute('data-state', 'done');
  await expect(queue.row('bad.txt')).toContainText('the scripted engine was told to fail');
  await expect(queue.row('bad.txt')).toContainText('Take {{fail}} out of the text.');
  await expect(queue.row('empty.txt')).toContainText('“empty.txt” is empty');
  await expect(queue.panel).toContainText('2 made, 2 failed');
  await expect(aside.announcements).toContainText('Export queue finished: 2 made, 2 failed');

  const download = aside.page.waitForEvent('download');
  await queue.panel.getByRole('link', { name: 'Download one.wav' }).click();
  const reference = await referenceSpeech(folder, 'Several.', { voice: 'scripted:en-us-high' });
  expect((await readFile(await (await download).path())).equals(reference.wav)).toBe(true);
});

test('a queue is the same after the page was loaded again, and every file of it is still there', async ({ aside }) => {
  const queue = new QueueView(aside.page);
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  await queue.open();
  await queue.add(...names.map((name) => ({ name: `${name}.txt`, text: `${WORDS}${name}.` })));
  await queue.button('Start').click();
  await expect(queue.row('f.txt')).toHaveAttribute('data-state', 'done');

  await aside.page.reload();
  await aside.ready();
  await queue.open();
  expect(await queue.names()).toEqual(names.map((name) => `${name}.txt`));
  const download = aside.page.waitForEvent('download');
  await queue.panel.getByRole('link', { name: 'Download a.wav' }).click();
  expect(await (await download).failure()).toBeNull();
});

test('a chosen format comes with its parts and subtitles, each to be downloaded', async ({ aside }) => {
  const queue = new QueueView(aside.page);
  await queue.open();
  await queue.panel.getByRole('combobox', { name: 'Format' }).selectOption('MP3');
  await queue.panel.getByRole('combobox', { name: 'Parts' }).selectOption('One per chapter');
  await queue.panel.getByRole('combobox', { name: 'Subtitles' }).selectOption('SRT');
  await queue.add({ name: 'book.txt', text: `Chapter 1\n\n${WORDS}\n\nChapter 2\n\n${WORDS}` });
  await queue.button('Start').click();

  const names = ['book-01 Chapter 1.mp3', 'book-02 Chapter 2.mp3', 'book-01 Chapter 1.srt', 'book-02 Chapter 2.srt'];
  await expect(queue.panel.getByRole('link')).toHaveText(['MP3', 'MP3', 'SRT', 'SRT']);
  await expect(queue.row('book.txt')).toContainText('MP3, SRT');
  for (const name of names) {
    const download = aside.page.waitForEvent('download');
    await queue.panel.getByRole('link', { name: `Download ${name}` }).click();
    const bytes = await readFile(await (await download).path());
    expect(bytes.toString('latin1', 0, 3)).toBe(name.endsWith('.mp3') ? 'ID3' : '1\n0');
  }
});

test('a queue can be paused and go on, an item be cancelled and retried', async ({ aside }) => {
  const queue = new QueueView(aside.page);
  await queue.open();
  await queue.add({ name: 'long.txt', text: ENDLESS }, { name: 'short.txt', text: WORDS });
  await expect(queue.row('short.txt')).toContainText('Waiting · WAV');
  await queue.button('Start').click();
  await expect(queue.row('long.txt')).toContainText(/^long.txt\d+ % · WAV/);

  await queue.button('Pause').click();
  await expect(queue.row('long.txt')).toContainText(/Paused at \d+ % · WAV/);
  await queue.button('Go on').click();
  await expect(queue.row('long.txt')).toHaveAttribute('data-state', 'running');

  await queue.button('Cancel long.txt').click();
  await expect(queue.row('long.txt')).toHaveAttribute('data-state', 'cancelled');
  await expect(queue.row('short.txt')).toHaveAttribute('data-state', 'done');
  await queue.button('Retry long.txt').click();
  await expect(queue.row('long.txt')).toHaveAttribute('data-state', 'waiting');
  await queue.button('Clear finished').click();
  await expect(queue.rows).toHaveCount(1);
});

test('what waits is cancelled at once, by the keyboard too, and each of it can be wanted again', async ({ aside }) => {
  const queue = new QueueView(aside.page);
  await queue.open();
  await queue.add({ name: 'one.txt', text: WORDS });
  await expect(queue.button('Cancel waiting')).toHaveCount(0);
  await queue.add({ name: 'two.txt', text: WORDS }, { name: 'three.txt', text: WORDS });
  await queue.button('Cancel waiting').press('Enter');
  await expect(aside.announcements).toHaveText('3 texts cancelled');
  await expect(queue.button('Cancel waiting')).toHaveCount(0);
  await expect(queue.panel).toBeFocused();
  await queue.button('Retry two.txt').click();
  await queue.button('Clear finished').press('Enter');
  await expect(queue.rows).toHaveCount(1);
  await expect(queue.panel).toBeFocused();
  await queue.button('Start').press('Enter');
  await expect(queue.row('two.txt')).toHaveAttribute('data-state', 'done');
  await expect(queue.panel).toBeFocused(); // Start became Pause, and went
});

test('with the keyboard: items are moved and removed, and the focus stays where one was', async ({ aside }) => {
  const queue = new QueueView(aside.page);
  await queue.open();
  await queue.add(...['a', 'b', 'c'].map((name) => ({ name: `${name}.txt`, text: WORDS })));

  await queue.button('Remove a.txt').focus();
  await aside.page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => queue.names()).toEqual(['b.txt', 'a.txt', 'c.txt']);
  await expect(queue.button('Remove a.txt')).toBeFocused();
  await expect(aside.announcements).toHaveText('a.txt is now 2 of 3');

  await queue.button('Move c.txt up').press('Enter');
  await expect.poll(() => queue.names()).toEqual(['b.txt', 'c.txt', 'a.txt']);
  await expect(queue.button('Move c.txt up')).toBeFocused();

  await queue.button('Remove c.txt').press('Enter');
  await expect.poll(() => queue.names()).toEqual(['b.txt', 'a.txt']);
  await expect(queue.row('a.txt')).toBeFocused();
  await queue.button('Remove a.txt').press('Enter');
  await expect(queue.row('b.txt')).toBeFocused();
  await queue.button('Remove b.txt').press('Enter');
  await expect(queue.panel).toBeFocused();
  await aside.page.keyboard.press('Escape');
  await expect(queue.panel).toHaveCount(0);
});

test('a folder gives its texts, also those deeper in it, and nothing else', async ({ aside, folder }) => {
  const books = join(folder, 'books');
  mkdirSync(join(books, 'deeper'), { recursive: true });
  mkdirSync(join(books, '.hidden'));
  for (const name of ['one.txt', 'deeper/two.md', 'picture.png', '.hidden/three.txt']) {
    writeFileSync(join(books, name), WORDS);
  }
  const queue = new QueueView(aside.page);
  await queue.open();
  const chooser = aside.page.waitForEvent('filechooser');
  await queue.button('Add a folder').click();
  await (await chooser).setFiles(books);

  await expect(queue.rows).toHaveCount(2);
  expect((await queue.names()).sort()).toEqual(['one.txt', 'two.md']);
});

test('several files dropped on the page go into the queue, which opens', async ({ aside }) => {
  const queue = new QueueView(aside.page);
  const transfer = await aside.page.evaluateHandle(() => {
    const data = new DataTransfer();
    for (const name of ['one.txt', 'two.txt']) data.items.add(new File(['Some words.'], name, { type: 'text/plain' }));
    return data;
  });
  await aside.editor.dispatchEvent('drop', { dataTransfer: transfer });

  await expect(queue.rows).toHaveCount(2);
  expect(await queue.names()).toEqual(['one.txt', 'two.txt']);
  await queue.panel.dispatchEvent('drop', { dataTransfer: transfer });
  await expect(queue.rows).toHaveCount(4);
});
