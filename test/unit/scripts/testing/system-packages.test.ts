import { expect, test } from 'vitest';
import type { SystemPackage } from '../../../../scripts/testing/find-program.mjs';
import { howToGet, isDebian, missingPackages } from '../../../../scripts/testing/system-packages.mjs';

const sox: SystemPackage = {
  name: 'sox',
  for: 'reading files',
  proof: { commands: ['sox'] },
  get: { apt: 'sox', brew: 'sox', winget: 'Some.SoX' },
};
const espeak: SystemPackage = { ...sox, name: 'espeak', proof: { files: ['/lib/espeak'] }, get: { apt: 'libespeak' } };

test('a package is missing when its proof is not found', async () => {
  const find = ({ name }: SystemPackage) => (name === 'sox' ? '/usr/bin/sox' : null);
  expect(await missingPackages([sox, espeak], find)).toEqual([espeak]);
});

test.each<[NodeJS.Platform, string]>([
  ['linux', 'sudo apt-get install sox'],
  ['darwin', 'brew install sox'],
  ['win32', 'winget install Some.SoX'],
])('on %s a missing package says what it is for and how to get it', (platform, command) => {
  const line = howToGet(sox, platform);
  expect(line).toContain('reading files');
  expect(line).toContain(command);
});

test('a package that a platform does not offer says so', () => {
  expect(howToGet(espeak, 'win32')).toContain('not to be had');
});

test.each([
  ['PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n', true],
  ['NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', false],
  ['', false],
])('%j is Debian: %s', (osRelease, expected) => {
  expect(isDebian(osRelease)).toBe(expected);
});
