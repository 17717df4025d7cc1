import { findWhyNoSapi, sapiEnv } from '../helpers/sapi-here.ts';
import { expect, test } from './fixture.ts';

const onWindows = process.platform === 'win32';
const whyNot = findWhyNoSapi();

test.skip(whyNot !== undefined, whyNot ?? '');
test.skip(({ shell }) => shell === 'electron' && !onWindows, 'the bridge for Mono is for Node, not for Electron');
test.use({ engines: 'sapi', env: sapiEnv, settings: { voiceId: null } });

test('a voice of SAPI reads a text, each word lit up once', async ({ aside }) => {
  await aside.writeToRead('Several ordinary listeners gathered. <b>Nobody</b> spoke.');
  await aside.play();
  await aside.reaches('finished');
  const words = ['Several', 'ordinary', 'listeners', 'gathered', 'Nobody', 'spoke'];
  expect((await aside.litWords()).filter((word) => words.includes(word))).toEqual(words);
});

test('a voice for 32-bit programs is named with the reason, and cannot be chosen', async ({ aside }) => {
  test.skip(onWindows, 'it is one of the scripted voices');
  await aside.voiceButton.click();
  await expect(aside.page.getByRole('region', { name: 'Voices that are missing' })).toContainText(
    'Not usable here: Scripted Old Voice. It is made for 32-bit programs',
  );
  await expect(aside.voices.getByRole('option').filter({ hasText: 'Scripted David' })).toHaveCount(1);
  await expect(aside.voices.getByRole('option').filter({ hasText: 'Old Voice' })).toHaveCount(0);
});
