import type { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { createLog } from '../../../../../main/logging/log.ts';
import { focusWindow, loadPage, openMainWindow } from '../../../../../main/shells/electron/main-window.ts';
import type { WindowState } from '../../../../../main/shells/electron/window-state.ts';
import { waitFor } from '../../../../helpers/wait-for.ts';

const electron = vi.hoisted(() => ({ answer: 0, quit: vi.fn(), asked: [] as unknown[] }));

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  class FakeWindow extends Emitter {
    readonly webContents = Object.assign(new Emitter(), { reload: vi.fn() });
    readonly show = vi.fn();
    readonly focus = vi.fn();
    readonly maximize = vi.fn();
    readonly restore = vi.fn();
    readonly isMinimized = vi.fn(() => false);
    readonly isMaximized = vi.fn(() => false);
    readonly isDestroyed = vi.fn(() => false);
    readonly loadURL = vi.fn(async (_url: string) => {});
    readonly getNormalBounds = () => ({ x: 5, y: 6, width: 700, height: 500 });
    constructor(readonly options: BrowserWindowConstructorOptions) {
      super();
    }
  }
  const display = (id: number, x: number) => ({ id, workArea: { x, y: 0, width: 1920, height: 1040 } });
  return {
    app: { quit: electron.quit },
    BrowserWindow: FakeWindow,
    dialog: {
      showMessageBox: async (_window: unknown, question: unknown) => {
        electron.asked.push(question);
        return { response: electron.answer };
      },
    },
    nativeTheme: { shouldUseDarkColors: true },
    screen: {
      getPrimaryDisplay: () => display(2, 0),
      getAllDisplays: () => [display(1, -1920), display(2, 0)],
    },
  };
});

beforeEach(() => {
  electron.answer = 0;
  electron.asked = [];
  electron.quit.mockClear();
});

function openWindow(last: WindowState | null = null) {
  const stateFile = { last: () => last, save: vi.fn(), flush: vi.fn(async () => {}) };
  const window = openMainWindow(stateFile, '/preload.cjs', createLog({ write: () => {}, level: 'error' }));
  const fake = window as unknown as EventEmitter & {
    options: BrowserWindowConstructorOptions;
    webContents: EventEmitter & { reload: ReturnType<typeof vi.fn> };
    loadURL: ReturnType<typeof vi.fn>;
    isMinimized: ReturnType<typeof vi.fn>;
    isDestroyed: ReturnType<typeof vi.fn>;
  };
  return { window: window as BrowserWindow, fake, stateFile };
}

test('opens where it was, also on another display, in the colour of the system’s theme', () => {
  const { fake } = openWindow({ x: -1800, y: 40, width: 900, height: 700, isMaximized: false });

  expect(fake.options).toMatchObject({ x: -1800, y: 40, width: 900, height: 700, backgroundColor: '#1f1d1c' });
});

test('is shown when it is painted, and not before', () => {
  const { window, fake } = openWindow();
  expect(window.show).not.toHaveBeenCalled();

  fake.emit('ready-to-show');

  expect(window.show).toHaveBeenCalledOnce();
  expect(window.maximize).not.toHaveBeenCalled();
});

test('is shown maximised when it was', () => {
  const { window, fake } = openWindow({ x: 0, y: 0, width: 900, height: 700, isMaximized: true });

  fake.emit('ready-to-show');

  expect(window.maximize).toHaveBeenCalledOnce();
});

test.each(['resize', 'move', 'maximize', 'unmaximize'])('remembers where it is after a %s', (event) => {
  const { fake, stateFile } = openWindow();

  fake.emit(event);

  expect(stateFile.save.mock.calls).toEqual([[{ x: 5, y: 6, width: 700, height: 500, isMaximized: false }]]);
});

test('has its state written when it closes', () => {
  const { fake, stateFile } = openWindow();

  fake.emit('closed');

  expect(stateFile.flush).toHaveBeenCalledOnce();
});

test('a page that has crashed is loaded again when the user wants it', async () => {
  const { fake } = openWindow();

  fake.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 });

  await waitFor(() => expect(fake.webContents.reload).toHaveBeenCalledOnce());
  expect(electron.quit).not.toHaveBeenCalled();
});

test('Aside quits after a crash when the user wants that', async () => {
  electron.answer = 1;
  const { fake } = openWindow();

  fake.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 });

  await waitFor(() => expect(electron.quit).toHaveBeenCalledOnce());
  expect(fake.webContents.reload).not.toHaveBeenCalled();
});

test('a page that ended as it should asks nothing', () => {
  const { fake } = openWindow();

  fake.webContents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });

  expect(electron.asked).toEqual([]);
});

test('loads its own page', async () => {
  const { window, fake } = openWindow();

  await loadPage(window);

  expect(fake.loadURL.mock.calls).toEqual([['app://aside/']]);
});

test('a page that cannot be loaded is a failure, unless the window was closed meanwhile', async () => {
  const { window, fake } = openWindow();
  fake.loadURL.mockRejectedValue(new Error('ERR_ABORTED'));

  await expect(loadPage(window)).rejects.toThrow('ERR_ABORTED');
  fake.isDestroyed.mockReturnValue(true);
  await expect(loadPage(window)).resolves.toBeUndefined();
});

test('coming to the front also brings it back from the task bar', () => {
  const { window, fake } = openWindow();
  fake.isMinimized.mockReturnValue(true);

  focusWindow(window);

  expect([window.restore, window.show, window.focus].map((call) => vi.mocked(call).mock.calls.length)).toEqual([
    1, 1, 1,
  ]);
});
