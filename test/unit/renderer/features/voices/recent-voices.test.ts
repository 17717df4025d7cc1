// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import { readRecentVoices, rememberVoice } from '../../../../../renderer/features/voices/recent-voices.ts';

beforeEach(() => localStorage.clear());

test('remembers the last four, newest first, each once', () => {
  for (const id of ['a', 'b', 'c', 'a', 'd', 'e']) rememberVoice(id);

  expect(readRecentVoices()).toEqual(['e', 'd', 'a', 'c']);
});

test.each(['not json', '{"a":1}', '[1,null]'])('is empty when the browser holds %s', (stored) => {
  localStorage.setItem('aside.recent-voices', stored);

  expect(readRecentVoices()).toEqual([]);
});

test('does without a storage that is switched off', () => {
  vi.stubGlobal('localStorage', {
    getItem: () => {
      throw new DOMException('denied', 'SecurityError');
    },
    setItem: () => {
      throw new DOMException('denied', 'SecurityError');
    },
  });
  rememberVoice('a');

  expect(readRecentVoices()).toEqual([]);
  vi.unstubAllGlobals();
});
