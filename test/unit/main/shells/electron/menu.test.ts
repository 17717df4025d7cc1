import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import { menuTemplate } from '../../../../../main/shells/electron/menu.ts';
import { appContract } from '../../../../../protocol/contract/app-contract.ts';

const commands = appContract.events['menu.chosen'].shape.command.options;

function allItems(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? allItems(item.submenu) : [])]);
}

describe.each(['win32', 'linux', 'darwin'] as const)('on %s', (platform) => {
  const onCommand = vi.fn();
  const template = menuTemplate({ platform, isDevelopment: false, onCommand });
  const items = allItems(template);

  test('each command of the contract is in the menu once', () => {
    const ids = items.map(({ id }) => id).filter((id) => id !== undefined);

    expect(ids.toSorted()).toEqual(commands.toSorted());
  });

  test.each(commands)('choosing %s sends it', (command) => {
    const item = items.find(({ id }) => id === command);

    item?.click?.(null as never, undefined, null as never);

    expect(onCommand).toHaveBeenLastCalledWith(command);
  });

  test('each command has a shortcut of its own', () => {
    const accelerators = items.map(({ accelerator }) => accelerator).filter((accelerator) => accelerator !== undefined);

    expect(accelerators).toHaveLength(commands.length);
    expect(new Set(accelerators).size).toBe(commands.length);
  });

  test('no shortcut is one that typing or the system’s own items need', () => {
    const taken = ['X', 'C', 'V', 'A', 'Z', 'Y', 'Q', 'W', '0', 'Plus', '-'].map((key) => `CmdOrCtrl+${key}`);
    const accelerators = items.flatMap(({ accelerator }) => accelerator ?? []);

    expect(accelerators.filter((accelerator) => taken.includes(accelerator))).toEqual([]);
    expect(accelerators.filter((accelerator) => !/^(CmdOrCtrl|F\d+$)/.test(accelerator))).toEqual([]);
  });

  test('access keys are unique in each menu', () => {
    const keysOf = (menu: readonly MenuItemConstructorOptions[]) =>
      menu.flatMap(({ label }) => /&(.)/.exec(label ?? '')?.[1]?.toLowerCase() ?? []);
    for (const menu of [template, ...template.map(({ submenu }) => (Array.isArray(submenu) ? submenu : []))]) {
      expect(new Set(keysOf(menu)).size).toBe(keysOf(menu).length);
    }
  });

  test('users get no developer tools and no reload', () => {
    const roles = items.map(({ role }) => role);

    expect(roles).not.toContain('toggleDevTools');
    expect(roles).not.toContain('reload');
  });
});

test('developers get both', () => {
  const roles = allItems(menuTemplate({ platform: 'linux', isDevelopment: true, onCommand: () => {} })).map(
    ({ role }) => role,
  );

  expect(roles).toEqual(expect.arrayContaining(['toggleDevTools', 'reload']));
});

test('macOS has its application and window menus, and quits from there', () => {
  const roles = allItems(menuTemplate({ platform: 'darwin', isDevelopment: false, onCommand: () => {} })).map(
    ({ role }) => role,
  );

  expect(roles).toEqual(expect.arrayContaining(['appMenu', 'windowMenu', 'close']));
  expect(roles).not.toContain('quit');
});
