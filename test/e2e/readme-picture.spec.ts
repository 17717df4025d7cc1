import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from './fixture.ts';
import { KEYS } from './keys.ts';

const PROSE = fileURLToPath(new URL('../fixtures/texts/prose.txt', import.meta.url));
const PICTURE = fileURLToPath(new URL('../../docs/window.png', import.meta.url));

test.use({ engines: 'espeak', settings: { voiceId: 'espeak:gmw/en', theme: 'light' } });

/** Takes the picture of the README anew: `ASIDE_README_PICTURE=1 npx playwright test --project=browser readme-picture`. */
test('the window, in the middle of a reading', async ({ aside, running, folder }) => {
  const { page } = aside;
  await page.setViewportSize({ width: 1280, height: 800 });
  const file = join(folder, 'Pride and Prejudice.txt');
  await writeFile(file, (await readFile(PROSE, 'utf8')).slice(0, 60_000));
  await running.chooseFile(file, () => aside.button('Open a file').click());
  await expect(aside.editor).toContainText('truth universally acknowledged');

  await page.keyboard.press('ControlOrMeta+Enter');
  for (const word of ['However', 'My', 'said']) {
    if (word !== 'said') await page.keyboard.press(KEYS.nextSentence);
    await aside.hears(word);
  }
  await aside.hears('Netherfield');

  await page.mouse.move(640, 500);
  await page.screenshot({ path: PICTURE, caret: 'hide' });
});
