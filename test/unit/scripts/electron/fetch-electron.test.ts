import { expect, test } from 'vitest';
import { failureIn } from '../../../../scripts/electron/fetch-electron.mjs';

test.each([
  'TypeError: fetch failed\n    at node:internal/deps',
  'RequestError: getaddrinfo ENOTFOUND github.com',
  'Error: connect ECONNREFUSED 127.0.0.1:443',
  'Error: getaddrinfo EAI_AGAIN github.com',
])('%j means that the server cannot be reached', (text) => {
  expect(failureIn(text)).toBe('its download server cannot be reached');
});

test('any other failure is the line that names an error', () => {
  expect(failureIn('Downloading…\nError: Generated checksum for "electron.zip" did not match\n    at x')).toBe(
    'Error: Generated checksum for "electron.zip" did not match',
  );
});

test('a text without an error says nothing', () => {
  expect(failureIn('Downloading…\n')).toBeNull();
});
