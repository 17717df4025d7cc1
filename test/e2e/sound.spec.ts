import type { Page } from '@playwright/test';
import { expect, test } from './fixture.ts';
import { referenceSpeech } from './reference-speech.ts';
import { type TappedSound, tappedSound, tapSound } from './sound-tap.ts';

/** One segment for the heading and one for the rest, in a reading as in an export. */
const TEXT =
  'Several listeners gathered quietly\n\nNobody expected another performance. Everyone remained until midnight.';
/** A 16-bit sample on its way through the player: it is divided by 32768 in single precision, and nothing else. */
const ROUNDING = 1 / 65_536;
/** Of the audio thread's clock in a headless browser; the samples themselves are exact. */
const CLOCK_TOLERANCE_MS = 150;

for (const voice of ['espeak:gmw/en-US', 'scripted:en-us-high']) {
  test.describe(`with ${voice}`, () => {
    const prosody = { rate: 2, pitch: 0, volume: 100 };
    test.use({ engines: voice.split(':')[0] as string, settings: { voiceId: voice, prosody } });

    test(`what reaches the loudspeaker is the speech of ${voice}, sample by sample, without a gap between segments`, async ({
      aside,
      folder,
    }) => {
      const reference = await referenceSpeech(folder, TEXT, { voice, rate: prosody.rate });
      await tapSound(aside.page);
      await aside.ready();
      await aside.writeToRead(TEXT);

      await aside.play();
      await aside.reaches('finished');

      await expect
        .poll(() => lengthDifference(aside.page, reference.samples), 'what was heard comes to the tap by and by')
        .toBe(0);
      const [heard, ...others] = await tappedSound(aside.page);
      expect(others).toEqual([]);
      expect(wrongSamples(heard, reference.samples)).toBe(0);
      const played = await aside.playedMs();
      expect(Math.abs(played - reference.durationMs)).toBeLessThan(CLOCK_TOLERANCE_MS);
    });
  });
}

test('a long silence in the speech is not shortened, and silence is all there is in it', async ({ aside, folder }) => {
  const text = 'Before {{silence 700}} after.';
  const reference = await referenceSpeech(folder, text, { voice: 'scripted:en-us-high' });
  await tapSound(aside.page);
  await aside.ready();
  await aside.writeToRead(text);

  await aside.play();
  await aside.reaches('finished');

  await expect.poll(() => lengthDifference(aside.page, reference.samples)).toBe(0);
  const [heard] = await tappedSound(aside.page);
  expect(longestSilenceMs(heard)).toBeGreaterThanOrEqual(700);
  expect(wrongSamples(heard, reference.samples)).toBe(0);
});

test('volume applies to what is being heard, and muting ends no reading', async ({ aside, folder }) => {
  const text = 'Several {{silence 5000}} ordinary listeners gathered quietly around midnight.';
  const reference = await referenceSpeech(folder, text, { voice: 'scripted:en-us-high' });
  await tapSound(aside.page);
  await aside.ready();
  await aside.writeToRead(text);
  await aside.play();
  await aside.hears('Several');

  await aside.slider('Volume').focus();
  await aside.page.keyboard.press('Home');
  await aside.reaches('finished');

  const [heard] = await tappedSound(aside.page);
  expect(heard?.samples.length).toBeLessThan(reference.samples.length * 0.9);
  expect(Math.abs((await aside.playedMs()) - reference.durationMs)).toBeLessThan(CLOCK_TOLERANCE_MS);
});

/** How many samples more than an engine made have been heard so far, silence at either end left out. */
async function lengthDifference(page: Page, made: Int16Array): Promise<number> {
  const [heard] = await tappedSound(page);
  return (heard?.samples.length ?? 0) - withoutSilentEnds(made).length;
}

/** How many samples are others than an engine made. */
function wrongSamples(heard: TappedSound | undefined, made: Int16Array): number {
  const expected = withoutSilentEnds(made);
  const isWrong = (sample: number, index: number): boolean =>
    Math.abs(sample - (expected[index] ?? 0) / 32_768) > ROUNDING;
  return heard?.samples.filter(isWrong).length ?? Number.NaN;
}

function withoutSilentEnds(made: Int16Array): Int16Array {
  const first = made.findIndex((sample) => sample !== 0);
  return made.subarray(first, made.findLastIndex((sample) => sample !== 0) + 1);
}

function longestSilenceMs(heard: TappedSound | undefined): number {
  let longest = 0;
  let current = 0;
  for (const sample of heard?.samples ?? []) {
    current = sample === 0 ? current + 1 : 0;
    longest = Math.max(longest, current);
  }
  return (longest / (heard?.sampleRateHz ?? 1)) * 1000;
}
