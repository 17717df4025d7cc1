import { expect, test } from 'vitest';
import { holdsWhatLockWants } from '../../../../scripts/set-up/install.mjs';

const wanted = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/a-win32': { version: '1.0.0', optional: true },
  },
};

test('node_modules holds what the lock wants when only optional packages are absent', () => {
  expect(holdsWhatLockWants(wanted, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true);
});

test.each([
  ['a package is absent', {}],
  ['a package has another version', { 'node_modules/a': { version: '1.0.1' } }],
  [
    'an optional package has another version',
    { 'node_modules/a': { version: '1.0.0' }, 'node_modules/a-win32': { version: '2.0.0' } },
  ],
  [
    'there is a package that the lock does not know',
    { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } },
  ],
])('node_modules is stale when %s', (_why, packages) => {
  expect(holdsWhatLockWants(wanted, { packages })).toBe(false);
});
