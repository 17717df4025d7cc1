import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AsidePage } from './aside-page.ts';
import { expect, test } from './fixture.ts';
import { savedFile } from './saved-file.ts';

test('a reload right after the last keystroke brings back text, cursor, voice, speed and theme', async ({ aside }) => {
  const { page } = aside;
  await aside.chooseVoice('Tone 220 Hz');
  await aside.slider('Speed').focus();
  await page.keyboard.press('Home');
  await aside.button('Settings').click();
  await page.getByRole('radio', { name: 'Dark' }).click();
  await page.keyboard.press('Escape');
  await aside.write('Several ordinary listeners.');
  for (let i = 0; i < ' listeners.'.length; i++) await page.keyboard.press('ArrowLeft');

  await page.reload();
  await aside.ready();

  await expect.poll(() => aside.text()).toBe('Several ordinary listeners.');
  await expect(aside.voiceButton).toHaveAccessibleName('Voice: Tone 220 Hz');
  await expect(aside.slider('Speed')).toHaveAttribute('aria-valuetext', '0.33×');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await aside.editor.focus();
  await page.keyboard.type(' cursor');
  expect(await aside.text()).toBe('Several ordinary cursor listeners.');
});

test.describe('after a kill -9', () => {
  test.use({ expectedComplaints: /WebSocket/ });

  test('text and settings are there for the next start, and no host is left behind', async ({ start, dataDir }) => {
    const first = await start();
    const before = new AsidePage(first.page);
    await before.ready();
    await before.slider('Volume').focus();
    await before.page.keyboard.press('Home');
    await before.write('What I had typed.');
    await expect.poll(() => savedFile(dataDir, 'draft.txt')).toContain('What I had typed.');
    await expect.poll(() => savedFile(dataDir, 'settings.json')).toMatch(/"volume": 0/);

    await first.kill();
    const after = new AsidePage((await start()).page);
    await after.ready();

    await expect.poll(() => after.text()).toBe('What I had typed.');
    await expect(after.slider('Volume')).toHaveAttribute('aria-valuetext', '0 %');
    await expect(after.voiceButton).toHaveAccessibleName('Voice: Tone 330 Hz');
  });
});

test('a settings file that is broken is set aside, told, and not in the way', async ({ start, dataDir }) => {
  await writeFile(join(dataDir, 'settings.json'), '{ "voiceId": "scri');
  const aside = new AsidePage((await start()).page);
  await aside.ready();

  const notice = aside.notice('Your settings could not be read from settings.json');
  await expect(notice).toContainText('Nothing was deleted: the file is now');
  expect(readdirSync(dataDir).filter((name) => name.startsWith('settings.json.corrupt-'))).toHaveLength(1);
  await aside.writeToRead('Alpha.');
  await aside.play();
  await aside.reaches('finished');
});

test('where the reading is, the next start goes on', async ({ aside }) => {
  await aside.writeToRead('Alpha {{silence 60000}} omitted. Bravo {{silence 60000}} unsaid.');
  await aside.play();
  await aside.button('Next sentence').click();
  await aside.hears('Bravo');

  await aside.page.reload();
  await aside.ready();
  await expect(aside.editor).toContainText('Alpha');
  await aside.play();

  await aside.hears('Bravo');
});
