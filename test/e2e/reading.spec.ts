import { expect, test } from './fixture.ts';
import { wordsOf } from './highlights.ts';
import { referenceSpeech } from './reference-speech.ts';
import { recordedWordsInView, recordWordsInView } from './watch-layout.ts';

const VOICE = 'espeak:gmw/en-US';
const RATE = 2;
const PAGE =
  'Several listeners gathered quietly. Nobody expected another performance tonight.\n\nEveryone remained until midnight.';
/** The device's latency (some 40 ms in a headless browser) and the 20 ms between two reports, twice over. */
const TOLERANCE_MS = 150;

test.describe('with a real voice', () => {
  test.use({ engines: 'espeak', settings: { voiceId: VOICE, prosody: { rate: RATE, pitch: 0, volume: 100 } } });

  test('a page is spoken with each word lit up once, in order, when the audio has come to it', async ({
    aside,
    folder,
  }) => {
    const reference = await referenceSpeech(folder, PAGE, { voice: VOICE, rate: RATE });
    await aside.writeToRead(PAGE);

    await aside.play();
    await aside.reaches('finished');

    expect(await aside.litWords()).toEqual(wordsOf(PAGE));
    expect(reference.words.map(({ text }) => text)).toEqual(wordsOf(PAGE));
    // Against the player's own position, not against a clock: a busy machine makes both late.
    const delays = (await aside.highlights()).map(
      ({ playedMs }, index) => playedMs - (reference.words[index]?.atMs ?? Number.NaN),
    );
    for (const delay of delays) {
      expect(delay).toBeGreaterThanOrEqual(-1); // rounding; a word is never lit up before it is played
      expect(delay).toBeLessThan(TOLERANCE_MS);
    }
  });
});

test.describe('at triple speed', () => {
  test.use({ settings: { voiceId: 'scripted:en-us-high', prosody: { rate: 3, pitch: 0, volume: 100 } } });

  test('the spoken word is kept in view through a text that is longer than the window', async ({ aside }) => {
    const lines = Array.from({ length: 40 }, (_, index) => `line${index}`);
    const text = lines.join('\n');
    await aside.page.setViewportSize({ width: 1000, height: 520 });
    // Without it the view glides, and is on its way for some words.
    await aside.page.emulateMedia({ reducedMotion: 'reduce' });
    await aside.writeToRead(text);
    await recordWordsInView(aside.page);

    await aside.play();
    await aside.reaches('finished');

    const { inView, outOfView } = await recordedWordsInView(aside.page);
    expect(outOfView).toEqual([]);
    expect(inView).toBeGreaterThan(5);
    await expect(aside.editor.getByText('line39')).toBeInViewport();
  });
});
