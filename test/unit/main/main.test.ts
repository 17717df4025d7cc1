import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { waitUntil } from '../../helpers/wait-for.ts';

/**
 * What main.ts does with Electron and when, against a stand-in: no Electron runs here. The core and the window have
 * tests of their own and are replaced.
 */
const electron = vi.hoisted(() => ({ current: undefined as unknown as ReturnType<typeof createElectron> }));
const core = { openFile: vi.fn(async () => {}), close: vi.fn(async () => {}), servePage: vi.fn() };
const shell = { showWindow: vi.fn(async () => {}) };

vi.mock('electron', () => ({
  get app() {
    return electron.current.app;
  },
  get dialog() {
    return electron.current.dialog;
  },
  get protocol() {
    return electron.current.protocol;
  },
  get session() {
    return electron.current.session;
  },
  utilityProcess: {},
}));
vi.mock('../../../main/app.ts', () => ({ createApp: vi.fn(async () => core) }));
vi.mock('../../../main/shells/electron/electron-shell.ts', () => ({ createElectronShell: vi.fn(() => shell) }));
const smoke = { runSmoke: vi.fn(async () => ({ ok: true })) };
vi.mock('../../../main/shells/electron/smoke.ts', async (importOriginal) => ({
  ...(await importOriginal<typeof import('../../../main/shells/electron/smoke.ts')>()),
  runSmoke: (...args: []) => smoke.runSmoke(...args),
}));
vi.mock('../../../main/shells/renderer-files.ts', () => ({
  openRendererFiles: vi.fn(async () => ({ read: vi.fn() })),
}));

function createElectron() {
  const calls: string[] = [];
  const note =
    <R>(name: string, result: R) =>
    (..._: unknown[]): R => {
      calls.push(name);
      return result;
    };
  let becomeReady = (): void => {};
  const ready = new Promise<void>((resolve) => {
    becomeReady = resolve;
  });
  const app = Object.assign(new EventEmitter(), {
    isPackaged: true,
    setPath: vi.fn(note('setPath', undefined)),
    enableSandbox: note('enableSandbox', undefined),
    requestSingleInstanceLock: vi.fn(note('requestSingleInstanceLock', true)),
    whenReady: () => {
      calls.push('whenReady');
      return ready;
    },
    getVersion: () => '0.1.0',
    getPreferredSystemLanguages: () => ['de-AT'],
    quit: vi.fn(note('quit', undefined)),
    exit: vi.fn<(exitCode: number) => void>(),
  });
  return {
    app,
    calls,
    becomeReady,
    dialog: { showErrorBox: vi.fn() },
    protocol: {
      registerSchemesAsPrivileged: note('registerSchemesAsPrivileged', undefined),
      handle: vi.fn(note('handle', undefined)),
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: note('setPermissionRequestHandler', undefined),
        setPermissionCheckHandler: note('setPermissionCheckHandler', undefined),
        setDevicePermissionHandler: note('setDevicePermissionHandler', undefined),
        webRequest: { onBeforeRequest: note('onBeforeRequest', undefined) },
      },
    },
  };
}

const emitter: EventEmitter = process;
const processEvents = ['uncaughtException', 'unhandledRejection'];
let listenersBefore: unknown[];
let argv: string[];

beforeEach(async () => {
  vi.resetModules();
  vi.clearAllMocks();
  electron.current = createElectron();
  const dir = await mkdtemp(join(tmpdir(), 'aside-main-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  vi.stubEnv('ASIDE_DATA_DIR', dir);
  vi.stubEnv('ASIDE_LOG', 'error');
  argv = process.argv;
  process.argv = ['/opt/aside'];
  listenersBefore = processEvents.flatMap((event) => emitter.listeners(event));
});

afterEach(() => {
  process.argv = argv;
  vi.unstubAllEnvs();
  for (const event of processEvents) {
    for (const listener of emitter.listeners(event) as (() => void)[]) {
      if (!listenersBefore.includes(listener)) emitter.off(event, listener);
    }
  }
});

/** Evaluates main.ts, and lets Electron become ready. */
async function start(): Promise<ReturnType<typeof createElectron>> {
  await import('../../../main/main.ts');
  electron.current.becomeReady();
  await waitUntil(() => shell.showWindow.mock.calls.length > 0);
  return electron.current;
}

test('says before Electron is ready what must be said before, and waits for nothing at the top level', async () => {
  await import('../../../main/main.ts');

  expect(electron.current.calls).toEqual([
    'setPath',
    'setPath',
    'enableSandbox',
    'registerSchemesAsPrivileged',
    'requestSingleInstanceLock',
    'whenReady',
  ]);
});

test('denies all permissions and serves the page before there is a window', async () => {
  const { calls } = await start();

  expect(calls.slice(6)).toEqual([
    'setPermissionRequestHandler',
    'setPermissionCheckHandler',
    'setDevicePermissionHandler',
    'onBeforeRequest',
    'handle',
  ]);
  expect(shell.showWindow).toHaveBeenCalledOnce();
});

test('keeps settings and Chromium’s own files in the data folder', async () => {
  const { app } = await start();
  const dir = process.env.ASIDE_DATA_DIR ?? '';

  expect(app.setPath.mock.calls).toEqual([
    ['userData', dir],
    ['sessionData', join(dir, 'chromium')],
  ]);
});

test('a second Aside hands its file to the first and quits, without a window', async () => {
  process.argv = ['/opt/aside', '/tmp/book.txt'];
  electron.current.app.requestSingleInstanceLock.mockReturnValue(false);

  await import('../../../main/main.ts');

  expect(electron.current.app.requestSingleInstanceLock.mock.calls).toEqual([[{ file: '/tmp/book.txt' }]]);
  expect(electron.current.app.quit).toHaveBeenCalledOnce();
  expect(electron.current.calls).not.toContain('whenReady');
});

test('shows the window when a second Aside was started', async () => {
  const { app } = await start();

  app.emit('second-instance', {}, [], '/', { file: null });

  expect(shell.showWindow).toHaveBeenCalledTimes(2);
});

test.each([
  [
    'the command line',
    async () => {
      process.argv = ['/opt/aside', '/tmp/book.txt'];
      await start();
    },
  ],
  [
    'macOS before the start',
    async () => {
      await import('../../../main/main.ts');
      electron.current.app.emit('open-file', { preventDefault: () => {} }, '/tmp/book.txt');
      await start();
    },
  ],
  [
    'a second Aside',
    async () => {
      (await start()).app.emit('second-instance', {}, [], '/', { file: '/tmp/book.txt' });
    },
  ],
])('a file from %s waits for the page', async (_, open) => {
  await open();
  const { createElectronShell } = await import('../../../main/shells/electron/electron-shell.ts');
  const openFile = vi.fn();

  vi.mocked(createElectronShell).mock.calls[0]?.[0].files.pageCame(openFile);

  expect(openFile.mock.calls).toEqual([['/tmp/book.txt']]);
});

test('quitting closes the core, then exits', async () => {
  const { app } = await start();
  const preventDefault = vi.fn();

  app.emit('will-quit', { preventDefault });
  await waitUntil(() => app.exit.mock.calls.length > 0);

  expect(preventDefault).toHaveBeenCalledOnce();
  expect(core.close).toHaveBeenCalledOnce();
  expect(app.exit.mock.calls).toEqual([[0]]);
});

test('a start that fails is shown, with its remedy, and ends', async () => {
  vi.stubEnv('ASIDE_LAUNCHER', 'spawn');
  await import('../../../main/main.ts');
  const { app, dialog, becomeReady } = electron.current;

  becomeReady();
  await waitUntil(() => app.exit.mock.calls.length > 0);

  expect(dialog.showErrorBox.mock.calls).toEqual([
    ['Aside has to close', expect.stringContaining('Use one of: fork, utility-process')],
  ]);
  expect(app.exit.mock.calls).toEqual([[1]]);
});

test.each([
  [true, 0],
  [false, 1],
])('a smoke test that went well (%s) ends with %i, and closes the core before', async (ok, exitCode) => {
  smoke.runSmoke.mockResolvedValueOnce({ ok });
  process.argv = ['/opt/aside', '--smoke=/tmp/report.json'];
  const { app } = await start();

  await waitUntil(() => app.exit.mock.calls.length > 0);

  expect([app.exit.mock.calls, core.close.mock.calls.length]).toEqual([[[exitCode]], 1]);
  expect(smoke.runSmoke.mock.calls).toMatchObject([
    [{ reportPath: '/tmp/report.json' }, { engines: ['espeak'], about: { isPackaged: true, launcher: 'fork' } }],
  ]);
});

test('a smoke test that is to hold waits to be killed', async () => {
  process.argv = ['/opt/aside', '--smoke=/tmp/report.json', '--smoke-hold'];
  const { app } = await start();

  await waitUntil(() => smoke.runSmoke.mock.results.length > 0);
  await smoke.runSmoke.mock.results[0]?.value;
  await Promise.resolve();

  expect(app.exit).not.toHaveBeenCalled();
});
