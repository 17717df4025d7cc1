import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixture.ts';

test.use({ engines: 'scripted' });

test.describe('a chosen voice that is gone', () => {
  const voiceTraits = { name: 'Hedda', language: 'de-AT' };
  test.use({ settings: { voiceId: 'sapi:Hedda', voiceTraits } });

  test('is replaced by one of its language, which is told; it stays chosen until the user chooses', async ({
    aside,
    dataDir,
  }) => {
    const chosen = async (): Promise<unknown> => JSON.parse(await readFile(join(dataDir, 'settings.json'), 'utf8'));
    const notice = aside.notice('The voice “Hedda” is not here');
    await expect(notice).toContainText('speaks in its place (German');
    await aside.writeToRead('Eins zwei.');
    await aside.play();
    await aside.reaches('finished');
    expect(await aside.litWords()).toEqual(['Eins', 'zwei']);
    // A change of something else is written with all settings, and leaves the voice alone.
    await aside.slider('Speed').focus();
    await aside.page.keyboard.press('End');
    await expect.poll(chosen).toMatchObject({ prosody: { rate: 3 }, voiceId: 'sapi:Hedda', voiceTraits });

    await notice.getByRole('button', { name: 'Choose a voice' }).click();
    await aside.voices.getByRole('option').filter({ hasText: 'Tone 330 Hz' }).click();
    await expect(notice).toHaveCount(0);
    await expect.poll(chosen).toMatchObject({ voiceId: 'scripted:en-us-high', voiceTraits: { language: 'en-US' } });
  });
});

test.describe('a chosen voice that is gone and whose language no other speaks', () => {
  test.use({ settings: { voiceId: 'sapi:Hortense', voiceTraits: { name: 'Hortense', language: 'fr-FR' } } });

  test('is not replaced by one of another language: it is told, and nothing is read', async ({ aside }) => {
    await expect(aside.notice('The voice “Hortense” is not here')).toContainText('No other voice here speaks French');
    await aside.writeToRead('One two.');
    await aside.play();
    await aside.reaches('failed');
    await expect(aside.page.getByRole('alert')).toContainText('There is no voice sapi:Hortense');
    expect(await aside.litWords()).toEqual([]);
  });
});
