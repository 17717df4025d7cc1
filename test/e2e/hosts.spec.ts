import { join } from 'node:path';
import process from 'node:process';
import { expect, test } from './fixture.ts';
import { wordsOf } from './highlights.ts';
import { ProcessesView } from './processes-view.ts';

test.describe('with a real voice', () => {
  const prosody = { rate: 3, pitch: 0, volume: 100 };
  test.use({ engines: 'espeak', settings: { voiceId: 'espeak:gmw/en-US', prosody } });

  test('when the speaking host is killed the reading goes on, each word is lit up once, and a note says so', async ({
    aside,
    running,
  }) => {
    // Much longer than the ten seconds that are made ahead: so the host is in the middle of a segment, waiting for its turn.
    const text = 'Several ordinary listeners gathered quietly around midnight. '.repeat(20).trim();
    await aside.writeToRead(text);
    await aside.play();
    await aside.hears('Several');
    // Beside it is a spare, and either may have been given the text.
    const view = new ProcessesView(aside.page);
    await view.open();
    const speaking = await view.speaking();
    expect(speaking).toBeGreaterThan(0); // 0 would be this very process and all its kin

    process.kill(speaking, 'SIGKILL');

    await aside.sees('The voice process died and was replaced');
    await aside.reaches('finished');
    expect(await running.hostPids('espeak')).not.toContain(speaking);
    expect(await aside.litWords()).toEqual(wordsOf(text));
  });
});

test('a host that dies in the middle of a segment costs no word, and none is said twice', async ({ aside, folder }) => {
  const text = `Several ordinary listeners {{crash-once ${join(folder, 'crashed')}}} gathered quietly.`;
  await aside.writeToRead(text);
  await aside.play();
  await aside.sees('The voice process died and was replaced');
  await aside.reaches('finished');

  const words = ['Several', 'ordinary', 'listeners', 'gathered', 'quietly'];
  expect(await aside.litWords()).toEqual(words);
});

test('a text that kills two hosts is named with the signal, and selected; what comes before it is heard', async ({
  aside,
}) => {
  await aside.writeToRead('Harmless sentence before. This one {{crash}} kills. Harmless sentence after.');
  await aside.play();
  await aside.hears('before');
  await aside.reaches('failed');

  const alert = aside.page.getByRole('alert');
  await expect(alert).toContainText('killed by SIGKILL, then killed by SIGKILL');
  await expect(alert).toContainText('“This one {{crash}} kills');
  await expect(alert).toContainText('Try another voice, or change or skip the selected text.');
  await expect(aside.notice('The reading went on')).toHaveCount(0);
  expect(await aside.selection()).toMatch(/^This one \{\{crash\}\} kills\./);
  await expect(aside.spokenWord).toHaveCount(0);
});

test('when hosts go on dying they are given up, and Retry makes the voice speak again', async ({ aside }) => {
  const retry = aside.notice('does not start again').getByRole('button', { name: 'Retry' });
  await aside.writeToRead('{{crash}} Deadly.');
  // Each reading takes two hosts with it; ten restarts a minute are made without asking.
  for (let readings = 0; readings < 8 && !(await retry.isVisible()); readings++) {
    await aside.page.keyboard.press('ControlOrMeta+Shift+Enter');
    await aside.reaches('failed');
  }
  await expect(retry).toBeVisible();

  await aside.overwrite('Harmless.');
  await retry.click();
  await expect(retry).toHaveCount(0);
  await aside.play();
  await aside.reaches('finished');
});
