import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { noticesText } from '../../../../scripts/packaging/notices.mjs';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

test('the notices that the page shows are those of what is installed: npm run notices', () => {
  // Not as a difference: it would be thousands of lines.
  const shown = readFileSync(`${root}/renderer/features/about/notices.txt`, 'utf8').replaceAll('\r\n', '\n');
  expect(shown === noticesText(root)).toBe(true);
});

test('each package has a licence with its text, or says that none comes with it', () => {
  const sections = noticesText(root).split(`\n\n${'-'.repeat(72)}\n\n`);
  expect(sections.length).toBeGreaterThan(30);
  expect(sections.filter((section) => section.length < 100 && !section.includes('no text comes'))).toEqual([]);
});
