import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AsidePage } from './aside-page.ts';
import { expect, test } from './fixture.ts';
import { KEYS } from './keys.ts';
import { ProcessesView } from './processes-view.ts';
import type { RunningAside } from './running-aside.ts';

const PROSE = fileURLToPath(new URL('../fixtures/texts/prose.txt', import.meta.url));
const picture = (name: string): string => fileURLToPath(new URL(`../../docs/${name}.png`, import.meta.url));

test.use({ engines: 'espeak', settings: { voiceId: 'espeak:gmw/en', theme: 'light' } });

/** Takes the pictures of the README anew: `ASIDE_README_PICTURE=1 npx playwright test --project=browser readme-picture`. */
test('the window, in the middle of a reading', async ({ aside, running, folder }) => {
  const { page } = aside;
  await page.setViewportSize({ width: 1280, height: 800 });
  await openProse(aside, running, folder);

  await page.keyboard.press('ControlOrMeta+Enter');
  for (const word of ['However', 'My', 'said']) {
    if (word !== 'said') await page.keyboard.press(KEYS.nextSentence);
    await aside.hears(word);
  }
  await aside.hears('Netherfield');

  await page.mouse.move(640, 500);
  await page.screenshot({ path: picture('window'), caret: 'hide' });
});

test.describe('for developers', () => {
  test.use({ engines: 'espeak,scripted' });

  test('the processes, after a crash, with a native call that blocks', async ({ aside, running, folder }) => {
    const { page } = aside;
    await page.setViewportSize({ width: 1280, height: 860 });
    await openProse(aside, running, folder);
    const view = new ProcessesView(page);
    await view.open();

    await view.button('Crash').click();
    await expect(view.developer.getByRole('listitem')).toContainText('was killed by SIGKILL');
    await expect(view.delays).toContainText(/ of [23]\d\.\d s/);
    await view.button('Block 5 s').click();
    await expect(view.developer.getByRole('listitem').first()).toContainText('nobody had to wait');
    await expect(view.delays).toContainText(/ of [45]\d\.\d s/);
    await page.keyboard.press('ControlOrMeta+Enter');
    await aside.hears('truth');
    await view.button('Block 5 s').click();
    await expect(view.hosts(/Speaking.*[34]\.\d s/)).not.toHaveCount(0);

    await page.mouse.move(640, 200);
    await page.screenshot({ path: picture('processes'), caret: 'hide' });
  });
});

async function openProse(aside: AsidePage, running: RunningAside, folder: string): Promise<void> {
  const file = join(folder, 'Pride and Prejudice.txt');
  await writeFile(file, (await readFile(PROSE, 'utf8')).slice(0, 60_000));
  await running.chooseFile(file, () => aside.button('Open a file').click());
  await expect(aside.editor).toContainText('truth universally acknowledged');
}
