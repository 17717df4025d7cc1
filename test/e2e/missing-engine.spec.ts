import { expect, test } from './fixture.ts';

test.describe('with an engine that cannot be loaded', () => {
  test.skip(process.platform === 'win32', 'Windows has SAPI');
  test.use({ engines: 'sapi,scripted' });

  test('the list of voices says why and what to do, no banner is in the way, and the other engine speaks', async ({
    aside,
  }) => {
    await aside.voiceButton.click();
    const missing = aside.page.getByRole('region', { name: 'Voices that are missing' });
    await expect(missing).toContainText('SAPI: it is a part of Windows');
    await expect(missing).toContainText('Use another engine.');
    await expect(aside.voices.getByRole('option').filter({ hasText: 'Tone' })).not.toHaveCount(0);
    await missing.getByRole('button', { name: 'Retry' }).click();
    await expect(missing).toContainText('SAPI: it is a part of Windows');
    await aside.page.keyboard.press('Escape');

    await expect(aside.page.getByRole('alert')).toHaveCount(0);
    await aside.writeToRead('One two.');
    await aside.play();
    await aside.reaches('finished');
    expect(await aside.litWords()).toEqual(['One', 'two']);
  });
});
