import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AsidePage } from './aside-page.ts';
import { expect, test } from './fixture.ts';
import { KEYS } from './keys.ts';
import type { RunningAside } from './running-aside.ts';

/** Makes a file of `bytes` and opens it by the button. */
async function open(
  { aside, running, folder }: { aside: AsidePage; running: RunningAside; folder: string },
  name: string,
  bytes: string | Buffer,
): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  await running.chooseFile(path, () => aside.button('Open a file').click());
}

test.describe('when a file is opened', () => {
  test.use({ settings: { voiceId: 'scripted:en-us-high' } });

  test('a text file is shown with its name, ready to be read from its beginning', async ({
    aside,
    running,
    folder,
  }) => {
    await aside.write('Typed.');
    await open({ aside, running, folder }, 'Letter.txt', 'Dear reader,\nhello.');

    await expect(aside.page.getByText('Letter.txt', { exact: true })).toBeVisible();
    await expect.poll(() => aside.text()).toBe('Dear reader,\nhello.');
    await aside.play();
    await aside.hears('Dear');
  });

  test('Markdown loses its markup', async ({ aside, running, folder }) => {
    const markdown = '# Title\n\nSome **bold** [words](https://example.org).\n\n- one\n- two\n';
    await open({ aside, running, folder }, 'notes.md', markdown);

    await expect.poll(() => aside.text()).toContain('Some bold words.');
    expect(await aside.text()).not.toMatch(/[#*[\]]|https/);
  });

  test('a file in an old Windows encoding is read as it was written', async ({ aside, running, folder }) => {
    const text = 'Caf\u00e9 \u201cna\u00efve\u201d \u2013 \u20ac 5, und f\u00fcr \u00c4rger gro\u00dfe W\u00f6rter.';
    const quirks: Record<string, number> = { '\u201c': 0x93, '\u201d': 0x94, '\u2013': 0x96, '\u20ac': 0x80 };
    const bytes = Buffer.from([...text].map((char) => quirks[char] ?? char.charCodeAt(0)));
    await open({ aside, running, folder }, 'old.txt', bytes);

    await expect.poll(() => aside.text()).toBe(text);
  });

  test('the text from before is one undo away, by its button and by the keyboard', async ({
    aside,
    running,
    folder,
  }) => {
    await aside.write('What I had typed.');
    // Waits for its button from now on, because the notice goes away by itself.
    const undone = aside.notice('Opened “other.txt”').getByRole('button', { name: 'Undo' }).click();
    await open({ aside, running, folder }, 'other.txt', 'Another text.');
    await undone;
    await expect.poll(() => aside.text()).toBe('What I had typed.');
    await expect(aside.page.getByText('other.txt', { exact: true })).toHaveCount(0);

    await aside.editor.focus();
    await aside.page.keyboard.press(KEYS.redo);
    await expect.poll(() => aside.text()).toBe('Another text.');
    await aside.page.keyboard.press('ControlOrMeta+z');
    await expect.poll(() => aside.text()).toBe('What I had typed.');
  });

  test('a file that is no text says so and what to do, and the text stays', async ({ aside, running, folder }) => {
    await aside.write('What I had typed.');
    await open({ aside, running, folder }, 'paper.pdf', '%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n<<>>\nendobj\n');

    const alert = aside.page.getByRole('alert').filter({ hasText: 'PDF' });
    await expect(alert).toContainText('paper.pdf');
    await expect(alert).toContainText(/text|copy/i);
    expect(await aside.text()).toBe('What I had typed.');
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    await expect(alert).toHaveCount(0);
  });

  test('an empty file says that there is nothing in it', async ({ aside, running, folder }) => {
    await open({ aside, running, folder }, 'blank.txt', '  \n');

    await aside.sees('“blank.txt” is empty');
  });

  test('opening a file ends the reading of the text before', async ({ aside, running, folder }) => {
    await aside.writeToRead('Alpha {{silence 60000}} omitted.');
    await aside.play();
    await aside.hears('Alpha');
    await open({ aside, running, folder }, 'other.txt', 'Another text.');

    await aside.reaches('idle');
    await expect.poll(() => aside.text()).toBe('Another text.');
  });
});

test('a file that is dropped anywhere on the page is opened', async ({ aside }) => {
  const { page } = aside;
  const dataTransfer = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['Dropped text.'], 'dropped.txt', { type: 'text/plain' }));
    return transfer;
  });
  await aside.editor.dispatchEvent('dragover', { dataTransfer });
  await expect(page.getByText('Drop a file to open it')).toBeVisible();

  await aside.editor.dispatchEvent('drop', { dataTransfer });

  await expect.poll(() => aside.text()).toBe('Dropped text.');
  await expect(page.getByText('Drop a file to open it')).toHaveCount(0);
});
