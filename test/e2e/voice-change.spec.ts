import { expect, test } from './fixture.ts';
import { wordsOf } from './highlights.ts';
import { type TappedSound, tappedSound, tapSound } from './sound-tap.ts';

const TEXT = 'Several ordinary listeners gathered. Nobody expected anything. Everyone remained.';

test.use({ engines: 'scripted,espeak' });

test('another voice takes over with the next sentence, and no word is lost', async ({ aside }) => {
  await tapSound(aside.page);
  await aside.ready();
  await aside.writeToRead(TEXT);
  await aside.play();
  await aside.hears('Several');

  await aside.chooseVoice('Tone 165 Hz');
  await aside.reaches('finished');

  expect(await aside.litWords()).toEqual(wordsOf(TEXT));
  const [heard] = await tappedSound(aside.page);
  expect(frequencyHz(heard, 'first')).toBeCloseTo(330, -1);
  expect(frequencyHz(heard, 'last')).toBeCloseTo(165, -1);
});

test('a voice of another engine takes over while reading, and no word is lost', async ({ aside }) => {
  await aside.writeToRead(TEXT);
  await aside.play();
  await aside.hears('Several');

  await aside.chooseVoice('English (America)');
  await aside.reaches('finished');

  expect(await aside.litWords()).toEqual(wordsOf(TEXT));
});

test('another speed takes over with the next sentence, and no word is lost', async ({ aside }) => {
  await aside.writeToRead(TEXT);
  await aside.play();
  await aside.hears('Several');

  await aside.slider('Speed').focus();
  await aside.page.keyboard.press('End');
  await aside.reaches('finished');

  const highlights = await aside.highlights();
  expect(await aside.litWords()).toEqual(wordsOf(TEXT));
  const durations = highlights.map(({ playedMs }, index) => (highlights[index + 1]?.playedMs ?? playedMs) - playedMs);
  const [, ordinary = 0] = durations;
  const everyone = durations.at(-2) ?? 0; // as long a word, three times as fast
  expect(ordinary / everyone).toBeGreaterThan(2);
});

test('a setting that was chosen is used by the next reading', async ({ aside }) => {
  await tapSound(aside.page);
  await aside.ready();
  await aside.writeToRead('Several ordinary listeners.');
  await aside.chooseVoice('Tone 220 Hz');
  await aside.slider('Pitch').focus();
  await aside.page.keyboard.press('Home'); // -10 half tones

  await aside.play();
  await aside.reaches('finished');

  const [heard] = await tappedSound(aside.page);
  expect(frequencyHz(heard, 'first')).toBeCloseTo(220 * 2 ** (-10 / 12), -1);
});

/** Of the first or last 300 ms, which are one tone: counted by its crossings of zero. */
function frequencyHz(heard: TappedSound | undefined, where: 'first' | 'last'): number {
  const { samples = [], sampleRateHz = 1 } = heard ?? {};
  const frames = Math.round(sampleRateHz * 0.3);
  const piece = where === 'first' ? samples.slice(0, frames) : samples.slice(-frames);
  const crossings = piece.filter((sample, index) => sample > 0 && (piece[index - 1] ?? 1) <= 0);
  return crossings.length / 0.3;
}
