import { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { createLog } from '../../../../../main/logging/log.ts';
import { createElectronShell } from '../../../../../main/shells/electron/electron-shell.ts';
import { createFileQueue } from '../../../../../main/shells/electron/file-queue.ts';
import type { Port } from '../../../../../protocol/contract/port.ts';
import { createFakeContents } from './fake-contents.ts';

/** The window's own doings need Electron; what the shell does with windows and pages does not. */
const windows = vi.hoisted(() => ({ opened: [] as unknown[], focused: [] as unknown[], load: async () => {} }));
const menu = vi.hoisted(() => ({ template: [] as MenuItemConstructorOptions[] }));

vi.mock('electron', () => ({
  app: { isPackaged: true, getPath: () => '/home/u/Music' },
  dialog: {},
  shell: {},
  nativeTheme: { themeSource: 'system' },
  Menu: {
    buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
    setApplicationMenu: (template: MenuItemConstructorOptions[]) => {
      menu.template = template;
    },
  },
}));
vi.mock('../../../../../main/shells/electron/main-window.ts', () => ({
  openMainWindow: () => {
    const fake = createFakeContents();
    const window = Object.assign(new EventEmitter(), { webContents: fake.contents, fake });
    windows.opened.push(window);
    return window;
  },
  loadPage: () => windows.load(),
  focusWindow: (window: unknown) => windows.focused.push(window),
}));

interface FakeWindow extends EventEmitter {
  readonly fake: ReturnType<typeof createFakeContents>;
}

beforeEach(() => {
  windows.opened = [];
  windows.focused = [];
  windows.load = async () => {};
});

function makeShell() {
  const pages: { port: Port; emit: ReturnType<typeof vi.fn> }[] = [];
  const core = {
    unfinishedTargets: [],
    servePage: (port: Port) => {
      const page = { port, emit: vi.fn() };
      pages.push(page);
      return page;
    },
    openFile: vi.fn(async () => {}),
    close: async () => {},
  };
  const files = createFileQueue();
  const shell = createElectronShell({
    core,
    files,
    stateFile: { last: () => null, save: () => {}, flush: async () => {} },
    preloadPath: '/preload.cjs',
    log: createLog({ write: () => {}, level: 'error' }),
  });
  return { shell, core, files, pages };
}

const theWindow = (index = 0) => windows.opened[index] as FakeWindow;

/** Chooses an item of the native menu. */
function choose(id: string): void {
  const find = (items: MenuItemConstructorOptions[]): MenuItemConstructorOptions | undefined =>
    items
      .map((item) => (item.id === id ? item : find((item.submenu as MenuItemConstructorOptions[]) ?? [])))
      .find(Boolean);
  find(menu.template)?.click?.(null as never, undefined, null as never);
}

test('there is one window; showing it again brings it to the front', async () => {
  const { shell } = makeShell();

  await Promise.all([shell.showWindow(), shell.showWindow()]);
  await shell.showWindow();

  expect(windows.opened).toHaveLength(1);
  expect(windows.focused).toEqual([theWindow(), theWindow()]);
});

test('a window that was closed is opened anew', async () => {
  const { shell } = makeShell();
  await shell.showWindow();
  theWindow().emit('closed');

  await shell.showWindow();

  expect(windows.opened).toHaveLength(2);
  expect(windows.focused).toEqual([]);
});

test('a page that cannot be loaded is a rejection', async () => {
  const { shell } = makeShell();
  windows.load = () => Promise.reject(new Error('ERR_FAILED'));

  await expect(shell.showWindow()).rejects.toThrow('ERR_FAILED');
});

test('the menu speaks to the page that is there, and to nobody before it has spoken', async () => {
  const { shell, pages } = makeShell();
  await shell.showWindow();
  choose('stop');
  theWindow().fake.receive('hello');

  choose('play-pause');

  expect(pages.map(({ emit }) => emit.mock.calls)).toEqual([[['menu.chosen', { command: 'play-pause' }]]]);
});

test('after a reload the menu speaks to the new page', async () => {
  const { shell, pages } = makeShell();
  await shell.showWindow();
  theWindow().fake.receive('hello');
  theWindow().fake.emit('did-navigate');
  choose('stop');
  theWindow().fake.receive('hello again');

  choose('open');

  expect(pages.map(({ emit }) => emit.mock.calls)).toEqual([[], [['menu.chosen', { command: 'open' }]]]);
});

test('a file waits for the page, and for the next one after a reload', async () => {
  const { shell, core, files } = makeShell();
  files.add('/a.txt');
  await shell.showWindow();
  expect(core.openFile).not.toHaveBeenCalled();

  theWindow().fake.receive('hello');
  theWindow().fake.emit('did-navigate');
  files.add('/b.txt');
  expect(core.openFile.mock.calls).toEqual([['/a.txt']]);
  theWindow().fake.receive('hello again');

  expect(core.openFile.mock.calls).toEqual([['/a.txt'], ['/b.txt']]);
});
