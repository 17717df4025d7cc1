import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const changelog = read('CHANGELOG.md');

test('the changelog begins with the version of the package', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  expect(/^## (.+)$/m.exec(changelog)?.[1]).toBe(version);
});

test('every entry says what kind of change it is', () => {
  const entries = changelog.split('\n').filter((line) => line.startsWith('- '));
  expect(entries.length).toBeGreaterThan(0);
  expect(entries.filter((line) => !/^- \[(?:Added|Fixed|Improved|Removed)\] [A-Z`]/.test(line))).toEqual([]);
});
