import type { AsidePage } from './aside-page.ts';
import { expect, test } from './fixture.ts';
import { wordsOf } from './highlights.ts';
import { type TappedSound, tappedSound, tapSound } from './sound-tap.ts';

/** So long that no machine is too slow to change something while it is read; the tests stop it when they have heard enough. */
const ROUND = 'Several ordinary listeners gathered. Nobody expected anything. Everyone remained. ';
const TEXT = ROUND.repeat(15).trim();

test.use({ engines: 'scripted,espeak' });

test('another voice takes over with the next sentence, and no word is lost', async ({ aside }) => {
  await tapSound(aside.page);
  await aside.ready();
  await startReading(aside);

  await aside.chooseVoice('Tone 165 Hz');
  await hearOneMoreRound(aside);

  const [heard] = await tappedSound(aside.page);
  expect(frequencyHz(heard, 'first')).toBeCloseTo(330, -1);
  expect(frequencyHz(heard, 'last')).toBeCloseTo(165, -1);
});

test('a voice of another engine takes over while reading, and no word is lost', async ({ aside }) => {
  await startReading(aside);

  await aside.chooseVoice('English (America)');
  await hearOneMoreRound(aside);
});

test('another speed takes over with the next sentence, and no word is lost', async ({ aside }) => {
  await startReading(aside);

  await aside.slider('Speed').focus();
  await aside.page.keyboard.press('End');
  await hearOneMoreRound(aside);

  const highlights = await aside.highlights();
  const lengthsMs = highlights
    .map(({ word, playedMs }, index) => ({
      word,
      lengthMs: (highlights[index + 1]?.playedMs ?? Number.NaN) - playedMs,
    }))
    .filter(({ word, lengthMs }) => word === 'ordinary' && !Number.isNaN(lengthMs))
    .map(({ lengthMs }) => lengthMs);
  expect((lengthsMs[0] ?? 0) / (lengthsMs.at(-1) ?? 1)).toBeGreaterThan(2); // the same word, three times as fast
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

async function startReading(aside: AsidePage): Promise<void> {
  await aside.writeToRead(TEXT);
  await aside.play();
  await aside.hears('Several');
}

/** What was changed holds with the next sentence, so a round of three from there on is all in the new way. */
async function hearOneMoreRound(aside: AsidePage): Promise<void> {
  const { length: heardBefore } = await aside.litWords();
  const roundWords = wordsOf(ROUND).length;
  await expect
    .poll(async () => (await aside.litWords()).length, { timeout: 120_000 })
    .toBeGreaterThan(heardBefore + 2 * roundWords);
  await aside.button('Stop').click();
  await aside.reaches('idle');

  const lit = await aside.litWords();
  expect(lit).toEqual(wordsOf(TEXT).slice(0, lit.length));
}

/** Of the tone in the first or last 300 ms: by the usual distance of its rising crossings of zero, so pauses do not count. */
function frequencyHz(heard: TappedSound | undefined, where: 'first' | 'last'): number {
  const { samples = [], sampleRateHz = 1 } = heard ?? {};
  const frames = Math.round(sampleRateHz * 0.3);
  const piece = where === 'first' ? samples.slice(0, frames) : samples.slice(-frames);
  const rises = piece.flatMap((sample, index) => (sample > 0 && (piece[index - 1] ?? 1) <= 0 ? [index] : []));
  const periods = rises.slice(1).map((rise, index) => rise - (rises[index] ?? 0));
  const usual = periods.sort((a, b) => a - b)[Math.floor(periods.length / 2)];
  return sampleRateHz / (usual ?? Number.NaN);
}
