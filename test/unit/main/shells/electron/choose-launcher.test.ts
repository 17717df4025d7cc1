import { expect, test } from 'vitest';
import { chooseLauncher } from '../../../../../main/shells/electron/choose-launcher.ts';

test.each([
  ['win32', {}, 'utility-process'],
  ['linux', {}, 'fork'],
  ['darwin', {}, 'fork'],
  ['win32', { ASIDE_LAUNCHER: 'fork' }, 'fork'],
  ['linux', { ASIDE_LAUNCHER: 'utility-process' }, 'utility-process'],
  ['linux', { ASIDE_LAUNCHER: '' }, 'fork'],
] as const)('on %s with %j hosts are started by %s', (platform, env, expected) => {
  expect(chooseLauncher(platform, env)).toBe(expected);
});

test('a name that is no launcher is refused, with the names that are', () => {
  expect(() => chooseLauncher('linux', { ASIDE_LAUNCHER: 'spawn' })).toThrow(
    expect.objectContaining({ code: 'refused', remedy: expect.stringContaining('fork, utility-process') }),
  );
});
