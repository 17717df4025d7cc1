import { expect, test } from 'vitest';
import { languageName } from '../../../../../renderer/features/voices/language-name.ts';

test.each([
  ['en-GB', 'English (United Kingdom)'],
  ['es-419', 'Spanish (Latin America)'],
  ['en-957', 'English'],
  ['en-US-nyc', 'English (United States)'],
  ['en-GB-x-rp', 'English (United Kingdom)'],
  ['qqq', 'qqq'],
  ['und', 'und'],
  ['not a tag', 'not a tag'],
])('%s is %s', (tag, name) => {
  expect(languageName(tag)).toBe(name);
});
