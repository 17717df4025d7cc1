import { join } from 'node:path';
import { app, dialog, protocol, session, utilityProcess } from 'electron';
import { systemTimers } from '../protocol/contract/deadlines.ts';
import { createApp } from './app.ts';
import { chosenEngines, systemLanguage } from './engine-choice.ts';
import { createForkLauncher } from './hosts/fork-launcher.ts';
import { createUtilityProcessLauncher } from './hosts/utility-process-launcher.ts';
import { audioHostEntryPath, dataDir, hostEntryPath, preloadPath, rendererDir } from './install-paths.ts';
import { createFileSink } from './logging/file-sink.ts';
import { createLog, parseLogLevel } from './logging/log.ts';
import { createStderrSink } from './logging/stderr-sink.ts';
import { createPageProtocol, pageScheme } from './shells/electron/app-protocol.ts';
import { chooseLauncher } from './shells/electron/choose-launcher.ts';
import { createCrashPath } from './shells/electron/crash-path.ts';
import { createElectronShell, type ElectronShell } from './shells/electron/electron-shell.ts';
import { fileArgument, SecondStart } from './shells/electron/file-argument.ts';
import { createFileQueue } from './shells/electron/file-queue.ts';
import { confineToPage } from './shells/electron/navigation-policy.ts';
import { createOrderlyQuit } from './shells/electron/orderly-quit.ts';
import { PAGE_SCHEME } from './shells/electron/page-address.ts';
import { denyEverything } from './shells/electron/session-policy.ts';
import { noteFirstPage, runSmoke } from './shells/electron/smoke.ts';
import { smokeOptions } from './shells/electron/smoke-options.ts';
import { openWindowStateFile } from './shells/electron/window-state-file.ts';
import { openRendererFiles } from './shells/renderer-files.ts';

/**
 * The Electron app: composition root. What must be said before Electron is ready is said first, and nothing here is
 * awaited at the top level: Electron does not become ready until this module has been evaluated.
 */
const dir = dataDir(process.platform, process.env);
app.setPath('userData', dir);
app.setPath('sessionData', join(dir, 'chromium'));
app.enableSandbox();
protocol.registerSchemesAsPrivileged([pageScheme]);

const logFile = createFileSink({ path: join(dir, 'aside.log') });
const toStderr = createStderrSink();
const log = createLog({
  write: (line) => {
    logFile.write(line);
    toStderr(line);
  },
  level: parseLogLevel(process.env.ASIDE_LOG) ?? 'info',
});
const crash = createCrashPath({
  log,
  flushLog: logFile.flush,
  showError: dialog.showErrorBox,
  exit: (exitCode) => app.exit(exitCode),
});
process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);

const files = createFileQueue();
app.on('open-file', (event, path) => {
  event.preventDefault();
  files.add(path);
});

let shell: ElectronShell | undefined;
app.on('second-instance', (_event, _argv, _cwd, data) => {
  const second = SecondStart.safeParse(data);
  if (second.success && second.data.file !== null) files.add(second.data.file);
  void shell?.showWindow();
});
app.on('activate', () => void shell?.showWindow());
app.on('window-all-closed', () => {
  if (process.platform !== 'darwin') app.quit();
});

const start: SecondStart = { file: fileArgument(process.argv, process.cwd(), app.isPackaged) };
if (app.requestSingleInstanceLock(start)) run().catch(crash);
else app.quit(); // the Aside that runs already shows its window, and the file

async function run(): Promise<void> {
  if (start.file !== null) files.add(start.file);
  app.on('web-contents-created', (_event, contents) => confineToPage(contents, log));
  await app.whenReady();
  denyEverything(session.defaultSession);
  protocol.handle(PAGE_SCHEME, createPageProtocol(await openRendererFiles(rendererDir()), log));

  const launcherName = chooseLauncher(process.platform, process.env);
  const engines = chosenEngines(process.env, process.platform);
  const core = await createApp({
    dataDir: dir,
    launcher:
      launcherName === 'fork'
        ? createForkLauncher({ log: (line, pid) => log.info('host says', { pid, line }) })
        : createUtilityProcessLauncher(utilityProcess, { log: (line, pid) => log.info('host says', { pid, line }) }),
    hostEntryPath: hostEntryPath(),
    audioHostEntryPath: audioHostEntryPath(),
    engines,
    version: app.getVersion(),
    systemLanguage: app.getPreferredSystemLanguages()[0] ?? systemLanguage(),
    log,
  });
  const stateFile = await openWindowStateFile(dir, log);
  const noted = noteFirstPage(core);
  shell = createElectronShell({ core: noted.core, files, stateFile, preloadPath: preloadPath(), log });

  const close = async (): Promise<void> => {
    await Promise.all([core.close(), stateFile.flush()]);
    await logFile.flush();
  };
  app.on('will-quit', createOrderlyQuit({ close, exit: (exitCode) => app.exit(exitCode), timers: systemTimers, log }));
  await shell.showWindow();

  const smoke = smokeOptions(process.argv);
  if (smoke === null) return;
  const { isPackaged } = app;
  const { platform, arch, versions } = process;
  const { electron, node, chrome } = versions;
  const about = { isPackaged, platform, arch, electron, node, chrome, launcher: launcherName };
  const { ok } = await runSmoke(smoke, { core, engines, pageConnected: noted.pageConnected, about });
  if (smoke.holds) return;
  await close();
  app.exit(ok ? 0 : 1);
}
