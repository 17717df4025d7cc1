import { expect, test } from './fixture.ts';
import { KEYS } from './keys.ts';
import { tabThrough } from './tab-through.ts';

test('everything can be done by the keyboard: a voice, a reading, a skip, a pause, an end', async ({ aside }) => {
  const { keyboard } = aside.page;
  await aside.writeToRead('Alpha {{silence 60000}} omitted. Bravo {{silence 60000}} unsaid.');

  await keyboard.press('ControlOrMeta+k');
  await expect(aside.page.getByRole('combobox', { name: 'Search voices' })).toBeFocused();
  await keyboard.type('german');
  await expect(aside.voices.getByRole('option')).toHaveCount(1);
  await keyboard.press('Enter');
  await expect(aside.voiceButton).toHaveAccessibleName('Voice: Tone 294 Hz');

  await keyboard.press('ControlOrMeta+Enter');
  await aside.hears('Alpha');
  await keyboard.press(KEYS.nextSentence);
  await aside.hears('Bravo');
  await keyboard.press(KEYS.previousSentence);
  await aside.hears('Alpha');
  await keyboard.press('ControlOrMeta+Enter');
  await aside.reaches('paused');
  await keyboard.press('ControlOrMeta+Enter');
  await aside.reaches('playing');
  await keyboard.press('ControlOrMeta+Shift+Period');
  await expect(aside.slider('Speed')).toHaveAttribute('aria-valuetext', '1.1×');
  await keyboard.press('Escape');
  await aside.reaches('idle');
  await keyboard.press(KEYS.shortcuts);
  await expect(aside.page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(aside.page.getByRole('dialog')).toHaveCount(0);
});

test('the voice list is walked by arrows, and Escape leaves voice and focus as they were', async ({ aside }) => {
  const search = aside.page.getByRole('combobox', { name: 'Search voices' });
  const active = aside.voices.locator('[data-active="true"]');
  await aside.voiceButton.focus();
  await aside.page.keyboard.press('Enter');
  await expect(search).toBeFocused();
  await expect(active).toContainText('Tone 330 Hz');

  await aside.page.keyboard.press('ArrowDown');
  await expect(active).not.toContainText('Tone 330 Hz');
  await expect(search).toHaveAttribute('aria-activedescendant', (await active.getAttribute('id')) ?? '');
  await aside.page.keyboard.press('Escape');

  await expect(aside.voices).toHaveCount(0);
  await expect(aside.voiceButton).toBeFocused();
  await expect(aside.voiceButton).toHaveAccessibleName('Voice: Tone 330 Hz');
});

test('Tab reaches every control, shows where it is, and leaves the editor', async ({ aside }) => {
  await aside.writeToRead('Alpha {{silence 60000}} omitted. Bravo.');
  await aside.play();
  await aside.hears('Alpha');
  // Now there is something to pause, skip, stop and reset, and nothing moves by itself.
  await aside.button('Pause').click();
  await aside.reaches('paused');
  await aside.slider('Speed').focus();
  await aside.page.keyboard.press('Home');

  const { missed, unseen } = await tabThrough(aside);

  expect(missed).toEqual([]);
  expect(unseen).toEqual([]);
});

test('Shift+Tab leaves the editor, too', async ({ aside }) => {
  await aside.write('Alpha.');
  await aside.page.keyboard.press('Shift+Tab');
  await expect(aside.editor).not.toBeFocused();
  await aside.page.keyboard.press('Tab');
  await expect(aside.editor).toBeFocused();
});

test('Escape does not stop a reading from inside a popup', async ({ aside }) => {
  await aside.writeToRead('Alpha {{silence 60000}} omitted.');
  await aside.play();
  await aside.hears('Alpha');
  await aside.voiceButton.click();
  await expect(aside.voices).toBeVisible();

  await aside.page.keyboard.press('Escape');

  await expect(aside.voices).toHaveCount(0);
  await aside.reaches('playing');
});
