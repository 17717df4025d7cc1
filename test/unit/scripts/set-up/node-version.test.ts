import { expect, test } from 'vitest';
import { isSupportedNode } from '../../../../scripts/set-up/node-version.mjs';

test.each(['20.19.0', '20.19.1', '20.20.0', '21.0.0', '100.0.0', '22.0.0-nightly2024'])(
  '%s satisfies >=20.19.0',
  (version) => {
    expect(isSupportedNode(version, '>=20.19.0')).toBe(true);
  },
);

test.each(['20.18.9', '20.9.0', '19.99.99', '8.0.0'])('%s does not satisfy >=20.19.0', (version) => {
  expect(isSupportedNode(version, '>=20.19.0')).toBe(false);
});

test('a range of another form is an error, not a guess', () => {
  expect(() => isSupportedNode('20.19.0', '^20.19.0')).toThrow('expected ">=major.minor.patch"');
});
