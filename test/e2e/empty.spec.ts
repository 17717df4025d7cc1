import { expect, test } from './fixture.ts';

test('without a text the page says what to do, and offers only what can be done', async ({ aside }) => {
  await expect(aside.page.getByRole('heading', { name: 'Paste a text, or open one' })).toBeVisible();
  await expect(aside.editor).toBeFocused();
  await expect(aside.scrubber).toBeDisabled();
  await expect(aside.button('Stop')).toHaveAttribute('aria-disabled', 'true');

  await aside.play();
  await aside.sees('There is nothing to read yet');
  await aside.reaches('idle');
  await aside.button('Export as an audio file').click();
  await aside.sees('There is nothing to export yet');
});

test('a text of white space is nothing to read either', async ({ aside }) => {
  await aside.write(' \n\n ');
  await aside.play();
  await aside.sees('There is nothing to read yet');
});

test('the sample text is read from its first word', async ({ aside }) => {
  await aside.page.getByRole('button', { name: 'Use a sample text' }).click();
  await expect(aside.page.getByRole('heading', { name: 'Paste a text, or open one' })).toHaveCount(0);
  await aside.play();
  await aside.hears('Welcome');
});

test('typing makes the empty state go away, and deleting everything brings it back', async ({ aside }) => {
  const hint = aside.page.getByRole('heading', { name: 'Paste a text, or open one' });
  await expect(aside.editor).toBeFocused(); // what is typed before goes nowhere
  await aside.page.keyboard.type('Hi');
  await expect(hint).toHaveCount(0);
  await aside.page.keyboard.press('ControlOrMeta+a');
  await aside.page.keyboard.press('Delete');
  await expect(hint).toBeVisible();
});
