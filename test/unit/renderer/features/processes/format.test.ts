import { expect, it } from 'vitest';
import {
  formatAge,
  formatAgo,
  formatBytes,
  formatDelay,
  formatShare,
} from '../../../../../renderer/features/processes/format.ts';

it.each([
  [null, '–'],
  [0, '0.0 MB'],
  [67_108_864, '64.0 MB'],
  [1_048_471_000, '999.9 MB'],
  [1_288_490_189, '1.20 GB'],
])('%s bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it.each([
  [null, '–'],
  [0, '0.0 %'],
  [0.1234, '12.3 %'],
  [1.5, '150.0 %'],
])('a share of %s is %s', (share, text) => {
  expect(formatShare(share)).toBe(text);
});

it.each([
  [null, '–'],
  [0.04, '0.0 ms'],
  [9.94, '9.9 ms'],
  [9.96, '10 ms'],
  [999, '999 ms'],
  [1_000, '1.0 s'],
  [12_340, '12.3 s'],
])('a delay of %s ms is %s', (delayMs, text) => {
  expect(formatDelay(delayMs)).toBe(text);
});

it.each([
  [0, '0.0 s'],
  [59_940, '59.9 s'],
  [59_960, '59.9 s'],
  [60_000, '1 min 00 s'],
  [3_599_999, '59 min 59 s'],
  [3_660_000, '1 h 01 min'],
])('an age of %s ms is %s', (ageMs, text) => {
  expect(formatAge(ageMs)).toBe(text);
});

it.each([
  [999, 'just now'],
  [1_000, '1 s ago'],
  [59_999, '59 s ago'],
  [60_000, '1 min ago'],
  [7_200_000, '2 h ago'],
])('%s ms ago is %s', (agoMs, text) => {
  expect(formatAgo(agoMs)).toBe(text);
});
