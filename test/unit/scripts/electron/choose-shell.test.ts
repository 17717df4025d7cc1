import { describe, expect, test } from 'vitest';
import { chooseShell, launchFailure } from '../../../../scripts/electron/choose-shell.mjs';

const desktop = { webAsked: false, platform: 'linux' as const, env: { DISPLAY: ':0' }, isRoot: false };

describe('the shell to open', () => {
  test.each([
    ['on a Linux desktop', desktop],
    ['under Wayland', { ...desktop, env: { WAYLAND_DISPLAY: 'wayland-0' } }],
    ['on Windows', { ...desktop, platform: 'win32' as const, env: {} }],
    ['on macOS, also as root', { ...desktop, platform: 'darwin' as const, env: {}, isRoot: true }],
  ])('is Electron %s', (_where, circumstances) => {
    expect(chooseShell(circumstances)).toEqual({ shell: 'electron', hasDisplay: true, why: '' });
  });

  test('is the web shell without opening anything where Linux has no display', () => {
    expect(chooseShell({ ...desktop, env: {} })).toMatchObject({
      shell: 'web',
      hasDisplay: false,
      why: expect.stringContaining('no display'),
    });
  });

  test('is the web shell where it is asked for', () => {
    expect(chooseShell({ ...desktop, webAsked: true })).toEqual({
      shell: 'web',
      hasDisplay: true,
      why: 'you asked for it',
    });
  });

  test('is the web shell for root on Linux, since Electron would need its sandbox off', () => {
    expect(chooseShell({ ...desktop, isRoot: true })).toMatchObject({
      shell: 'web',
      hasDisplay: true,
      why: expect.stringContaining('root'),
    });
  });
});

describe('an Electron that has ended', () => {
  const ended = { code: null, signal: null, error: null };

  test.each([
    ['could not be started', { ...ended, error: new Error('spawn EACCES') }],
    ['misses libraries', { ...ended, code: 127 }],
    ['may not make its sandbox', { ...ended, signal: 'SIGTRAP' }],
    ['crashes at once', { ...ended, signal: 'SIGSEGV' }],
  ])('never came up when it %s', (_why, ending) => {
    expect(launchFailure(ending, 800)).not.toBeNull();
  });

  test.each([
    ['was closed', { ...ended, code: 0 }, 800],
    ['failed with a code of its own', { ...ended, code: 1 }, 800],
    ['was ended by the user', { ...ended, signal: 'SIGTERM' }, 800],
    ['crashed after a while', { ...ended, signal: 'SIGSEGV' }, 60_000],
  ])('had come up when it %s', (_why, ending, elapsedMs) => {
    expect(launchFailure(ending, elapsedMs)).toBeNull();
  });
});
