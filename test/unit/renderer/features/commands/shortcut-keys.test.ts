// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../../../renderer/features/commands/commands.ts';
import { ariaShortcut, matchesShortcut, shownKeys } from '../../../../../renderer/features/commands/shortcut-keys.ts';

const press = (key: string, code: string, modifiers: Partial<KeyboardEvent> = {}) => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});

describe('matchesShortcut', () => {
  test('Mod is Ctrl on a PC and Cmd on a Mac', () => {
    expect(matchesShortcut(press('o', 'KeyO', { ctrlKey: true }), 'Mod+O', false)).toBe(true);
    expect(matchesShortcut(press('o', 'KeyO', { metaKey: true }), 'Mod+O', true)).toBe(true);
    expect(matchesShortcut(press('o', 'KeyO', { ctrlKey: true }), 'Mod+O', true)).toBe(false);
  });

  test('takes no modifier too many and none too few', () => {
    expect(matchesShortcut(press('Enter', 'Enter', { ctrlKey: true, shiftKey: true }), 'Mod+Enter', false)).toBe(false);
    expect(matchesShortcut(press('Enter', 'Enter'), 'Mod+Enter', false)).toBe(false);
  });

  test('a letter is the one that is typed, wherever it is on the keyboard', () => {
    expect(matchesShortcut(press('e', 'KeyD', { ctrlKey: true }), 'Mod+E', false)).toBe(true);
    expect(matchesShortcut(press('d', 'KeyE', { ctrlKey: true }), 'Mod+E', false)).toBe(false);
  });

  test('on a keyboard without Latin letters it is the key in the same place', () => {
    expect(matchesShortcut(press('щ', 'KeyO', { ctrlKey: true }), 'Mod+O', false)).toBe(true);
  });

  test('punctuation is meant by its place, since Shift changes what it types', () => {
    const faster = press('>', 'Period', { ctrlKey: true, shiftKey: true });

    expect(matchesShortcut(faster, 'Mod+Shift+Period', false)).toBe(true);
  });
});

test('shows the keys as they are printed', () => {
  expect(shownKeys('Mod+Shift+Period', false)).toEqual(['Ctrl', 'Shift', '.']);
  expect(shownKeys('Ctrl+Mod+ArrowLeft', true)).toEqual(['⌃', '⌘', '←']);
});

test('tells assistive technology the keys in its own names', () => {
  expect(ariaShortcut('Mod+Enter', false)).toBe('Control+Enter');
  expect(ariaShortcut('Ctrl+Mod+ArrowLeft', true)).toBe('Control+Meta+ArrowLeft');
  expect(ariaShortcut('Mod+Shift+Period', false)).toBe('Control+Shift+.');
});

test.each(['pc', 'mac'] as const)('no two commands have the same keys on a %s', (platform) => {
  const keys = COMMANDS.map((command) => command.keys[platform]);

  expect(new Set(keys).size).toBe(COMMANDS.length);
});
