import type { MenuItemConstructorOptions } from 'electron';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { menuTemplate } from '../../../../../main/shells/electron/menu.ts';
import { appContract } from '../../../../../protocol/contract/app-contract.ts';

const commands = appContract.events['menu.chosen'].shape.command.options;

function allItems(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? allItems(item.submenu) : [])]);
}

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The page's way to write a shortcut in Electron's. */
function toAccelerator(shortcut: string | undefined): string | undefined {
  return shortcut?.replace('Mod', 'CmdOrCtrl').replace('Arrow', '').replace('Slash', '/');
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

  test('each command shows the shortcut that the page has for it', async () => {
    vi.stubGlobal('navigator', { userAgent: '' });
    const { COMMANDS } = await import('../../../../../renderer/features/commands/commands.ts');
    const pageKeys = new Map<string, string>(
      COMMANDS.map(({ id, keys }) => [id, platform === 'darwin' ? keys.mac : keys.pc]),
    );

    for (const command of commands) {
      const shown = items.find(({ id }) => id === command)?.accelerator;
      const isLeftToThePage = platform === 'darwin' && command === 'stop';
      expect([command, shown]).toEqual([command, isLeftToThePage ? undefined : toAccelerator(pageKeys.get(command))]);
    }
  });

  test('no two commands have the same shortcut', () => {
    const accelerators = items.flatMap(({ accelerator }) => accelerator ?? []);

    expect(new Set(accelerators).size).toBe(accelerators.length);
  });

  test('shortcuts are the page’s to act on; the menu only shows them', () => {
    const registering = items.filter(
      ({ id, registerAccelerator }) => id !== undefined && registerAccelerator !== false,
    );

    expect(registering).toEqual([]);
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
