import { expect, test } from 'vitest';
import { Draft, EMPTY_DRAFT } from '../../../../protocol/model/draft.ts';
import { pcmDurationMs } from '../../../../protocol/model/pcm.ts';
import { DEFAULT_PROSODY, Prosody } from '../../../../protocol/model/prosody.ts';
import { DEFAULT_SETTINGS, Settings } from '../../../../protocol/model/settings.ts';

test('what a new user has is what the contract allows', () => {
  expect(Settings.parse(DEFAULT_SETTINGS)).toEqual(DEFAULT_SETTINGS);
  expect(Prosody.parse(DEFAULT_PROSODY)).toEqual(DEFAULT_PROSODY);
  expect(Draft.parse(EMPTY_DRAFT)).toEqual(EMPTY_DRAFT);
});

test('a second of 16-bit audio is twice as many bytes as samples', () => {
  expect(pcmDurationMs(44_100, 22_050)).toBe(1_000);
  expect(pcmDurationMs(0, 22_050)).toBe(0);
});
