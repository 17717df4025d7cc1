import { expect, test } from 'vitest';
import { missingOptionals, packagesWithAddress } from '../../../scripts/check-lockfile.mjs';

test('an optional package that is not locked is missing', () => {
  const packages = {
    '': { optionalDependencies: { 'own-optional': '1' } },
    'node_modules/tool': { optionalDependencies: { 'tool-linux': '1', '@tool/win32': '1' } },
    'node_modules/tool-linux': {},
  };
  expect(missingOptionals({ packages })).toEqual(['package.json -> own-optional', 'node_modules/tool -> @tool/win32']);
});

test('an optional package is locked wherever it lies', () => {
  const packages = {
    'node_modules/tool': { optionalDependencies: { '@tool/linux': '1' } },
    'node_modules/tool/node_modules/@tool/linux': {},
  };
  expect(missingOptionals({ packages })).toEqual([]);
});

test('a package with the address of a registry is found', () => {
  const packages = { 'node_modules/a': { resolved: 'https://registry.example/a.tgz' }, 'node_modules/b': {} };
  expect(packagesWithAddress({ packages })).toEqual(['node_modules/a: https://registry.example/a.tgz']);
});
