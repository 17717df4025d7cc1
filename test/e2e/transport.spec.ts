import type { Page } from '@playwright/test';
import { expect, test } from './fixture.ts';
import { KEYS } from './keys.ts';
import { referenceSpeech } from './reference-speech.ts';
import { contextStates, tapSound } from './sound-tap.ts';

/** Each sentence can be left during its pause, so that no click has to come at the right moment. */
const UNHURRIED = 'Alpha {{silence 60000}} omitted. Bravo {{silence 60000}} unsaid. Charlie finally speaks.';

test('a pause holds sound and highlight where they are, and resuming neither loses nor repeats a word', async ({
  aside,
  folder,
}) => {
  const text = 'Several ordinary {{silence 8000}} listeners gathered quietly around midnight.';
  const reference = await referenceSpeech(folder, text, { voice: 'scripted:en-us-high' });
  await tapSound(aside.page);
  await aside.ready();
  await aside.writeToRead(text);
  await aside.play();
  await aside.hears('ordinary');

  await aside.button('Pause').click();
  await aside.reaches('paused');
  const paused = { words: (await aside.litWords()).length, playedMs: await aside.playedMs() };
  // Half a second later the device is let go. What was on its way to the audio thread at the click is all that may pass.
  await expect.poll(() => contextStates(aside.page)).toEqual(['suspended']);
  expect((await aside.playedMs()) - paused.playedMs).toBeLessThan(250);
  expect((await aside.litWords()).length - paused.words).toBeLessThanOrEqual(1);

  await aside.button('Resume').click();
  await aside.reaches('finished');

  expect(await aside.litWords()).toEqual([
    'Several',
    'ordinary',
    'listeners',
    'gathered',
    'quietly',
    'around',
    'midnight',
  ]);
  expect(Math.abs((await aside.playedMs()) - reference.durationMs)).toBeLessThan(30);
});

test('stop ends sound and highlight, and the next Play goes on where the ear was', async ({ aside }) => {
  await aside.writeToRead(UNHURRIED);
  await aside.play();
  await aside.hears('Alpha');
  await aside.button('Next sentence').click();
  await aside.hears('Bravo');

  await aside.button('Stop').click();
  await aside.reaches('idle');
  await expect(aside.spokenWord).toHaveCount(0);
  await expect(aside.button('Stop')).toHaveAttribute('aria-disabled', 'true');
  await aside.play();
  await aside.hears('Bravo');

  expect(await aside.litWords()).toEqual(['Alpha', 'Bravo', 'Bravo']);
});

test('next and previous go by sentences, also several times', async ({ aside }) => {
  await aside.writeToRead(UNHURRIED);
  await aside.play();
  await aside.hears('Alpha');

  await aside.button('Next sentence').click();
  await aside.hears('Bravo');
  await aside.button('Previous sentence').click();
  await aside.hears('Alpha');
  await aside.button('Next sentence').click();
  await aside.hears('Bravo');
  await aside.button('Next sentence').click();
  await aside.reaches('finished');

  const words = ['Alpha', 'Bravo', 'Alpha', 'Bravo', 'Charlie', 'finally', 'speaks'];
  expect(await aside.litWords()).toEqual(words);
});

test('next sentence at the last one ends the reading', async ({ aside }) => {
  await aside.writeToRead('Alpha {{silence 60000}} omitted.');
  await aside.play();
  await aside.hears('Alpha');

  await aside.button('Next sentence').click();

  await aside.reaches('finished');
});

test('a skip in a pause is shown at once and heard when the pause ends', async ({ aside }) => {
  await aside.writeToRead(UNHURRIED);
  await aside.play();
  await aside.hears('Alpha');
  await aside.button('Pause').click();
  await aside.reaches('paused');

  await aside.button('Next sentence').click();
  await aside.hears('Bravo');
  await aside.reaches('paused');
  const before = await aside.playedMs();
  await aside.button('Resume').click();

  await aside.reaches('playing');
  await expect.poll(() => aside.playedMs()).toBeGreaterThan(before);
});

test('Play begins with the word at the cursor', async ({ aside }) => {
  const text = 'Several ordinary listeners gathered. Nobody spoke.';
  await aside.writeToRead(text);
  for (let i = 0; i < 'Several ordinary lis'.length; i++) await aside.page.keyboard.press('ArrowRight');

  await aside.play();
  await aside.reaches('finished');

  expect(await aside.litWords()).toEqual(['listeners', 'gathered', 'Nobody', 'spoke']);
});

test('with a selection Play reads the selection only', async ({ aside }) => {
  const text = 'Several ordinary listeners gathered. Nobody spoke.';
  await aside.writeToRead(text);
  await aside.editor.getByText('Several').dblclick({ position: { x: 4, y: 8 } });
  await aside.page.keyboard.press(KEYS.selectNextWord);
  expect((await aside.selection()).trim()).toBe('Several ordinary');

  await aside.button('Play the selection').click();
  await aside.reaches('finished');

  expect(await aside.litWords()).toEqual(['Several', 'ordinary']);
  await expect(aside.button('Play the selection')).toBeVisible();
});

test('while reading, a click on the scrubber goes on with the sentence at that place', async ({ aside }) => {
  await aside.writeToRead(UNHURRIED);
  await aside.play();
  await aside.hears('Alpha');

  const box = await aside.scrubber.boundingBox();
  await aside.scrubber.click({ position: { x: (box?.width ?? 0) * 0.9, y: (box?.height ?? 0) / 2 } });
  await aside.reaches('finished');

  expect(await aside.litWords()).toEqual(['Alpha', 'Charlie', 'finally', 'speaks']);
});

test('while nothing is read, the scrubber puts the cursor to that place', async ({ aside }) => {
  const text = 'Several ordinary listeners gathered. Nobody spoke.';
  await aside.writeToRead(text);

  const box = await aside.scrubber.boundingBox();
  await aside.scrubber.click({ position: { x: (box?.width ?? 0) * 0.95, y: (box?.height ?? 0) / 2 } });
  await aside.play();
  await aside.reaches('finished');

  expect(await aside.litWords()).toEqual(['spoke']);
});

test('elapsed time, remaining time and percentage follow the reading', async ({ aside }) => {
  await aside.writeToRead('Alpha {{silence 1500}} omitted. Bravo {{silence 60000}} unsaid. Charlie finally speaks.');
  await expect(aside.page.getByTestId('elapsed')).toHaveText('0:00');
  await aside.play();
  await aside.hears('Bravo');

  await expect(aside.page.getByTestId('status')).toHaveText('Reading');
  expect(await aside.playedMs()).toBeGreaterThan(2_000); // Alpha, the silence and “omitted”
  await expect.poll(() => shownLessThanPlayedMs(aside.page)).toBeLessThan(1_500); // a second is what is rounded down
  await expect(aside.page.getByTestId('remaining')).toHaveText(/^−\d:\d\d$/);
  await expect(aside.scrubber).toHaveAttribute('aria-valuetext', /^\d+ percent, \d+ seconds? heard, about /);
});

/** How far the elapsed time that is shown is from what the player says it has played, looked at in one moment. */
async function shownLessThanPlayedMs(page: Page): Promise<number> {
  const [shown = '', playedMs = ''] = await page.evaluate(() => [
    document.querySelector('[data-testid="elapsed"]')?.textContent ?? '',
    document.querySelector<HTMLElement>('[data-played-ms]')?.dataset.playedMs ?? '',
  ]);
  const [minutes = Number.NaN, seconds = Number.NaN] = shown.split(':').map(Number);
  return Math.abs(Number(playedMs) - (minutes * 60 + seconds) * 1_000);
}
