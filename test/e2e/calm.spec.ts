import { expect, test } from './fixture.ts';
import { recordedLayout, recordLayout } from './watch-layout.ts';
import { recordAnnouncements, recordedAnnouncements } from './watch-told.ts';

const LONG = 'Several ordinary listeners gathered quietly. '.repeat(4);
test.use({ settings: { voiceId: 'scripted:en-us-high', prosody: { rate: 3, pitch: 0, volume: 100 } } });

test('a screen reader is told that the reading begins and ends, and nothing in between', async ({ aside }) => {
  await aside.writeToRead(LONG);
  await recordAnnouncements(aside.page);

  await aside.play();
  await aside.reaches('finished');

  await expect.poll(() => recordedAnnouncements(aside.page)).toEqual(['Reading', 'Finished']);
});

test('a screen reader is told of pause, resume and stop', async ({ aside }) => {
  await aside.writeToRead('Alpha {{silence 60000}} omitted.');
  await recordAnnouncements(aside.page);
  await aside.play();
  await aside.hears('Alpha');
  await aside.button('Pause').click();
  await aside.reaches('paused');
  await aside.button('Resume').click();
  await aside.reaches('playing');
  await aside.button('Stop').click();

  await expect.poll(() => recordedAnnouncements(aside.page)).toEqual(['Reading', 'Paused', 'Reading', 'Stopped']);
});

test('nothing on the page moves while it is read', async ({ aside }) => {
  await aside.writeToRead(LONG);
  await aside.editor.focus();
  await recordLayout(aside.page);

  await aside.page.keyboard.press('ControlOrMeta+Enter');
  await aside.reaches('finished');

  const { movedPx, shifts } = await recordedLayout(aside.page);
  expect(movedPx).toBeLessThan(1); // letters begin at fractions of a pixel, other ones in a highlighted word
  expect(shifts).toEqual([]);
});
