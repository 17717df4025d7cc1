import { app, type BrowserWindow, dialog, Menu, nativeTheme, shell } from 'electron';
import type { AppContract } from '../../../protocol/contract/app-contract.ts';
import type { Port } from '../../../protocol/contract/port.ts';
import type { Server } from '../../../protocol/contract/serve.ts';
import type { App } from '../../app.ts';
import type { Log } from '../../logging/log.ts';
import { createElectronServices } from './electron-services.ts';
import type { FileQueue } from './file-queue.ts';
import { acceptPagePorts } from './ipc-port.ts';
import { focusWindow, loadPage, openMainWindow } from './main-window.ts';
import { menuTemplate } from './menu.ts';
import type { WindowStateFile } from './window-state-file.ts';

export interface ElectronShellOptions {
  readonly core: App;
  readonly files: FileQueue;
  readonly stateFile: WindowStateFile;
  readonly preloadPath: string;
  readonly log: Log;
}

export interface ElectronShell {
  /** Opens the one window, or brings it to the front. Rejects when the page cannot be loaded. */
  showWindow(): Promise<void>;
}

/** The native menu, the window, and the page in it. Only when Electron is ready. */
export function createElectronShell({ core, files, stateFile, preloadPath, log }: ElectronShellOptions): ElectronShell {
  let opening: Promise<BrowserWindow> | null = null;
  let page: Server<AppContract> | null = null;

  async function open(): Promise<BrowserWindow> {
    const window = openMainWindow(stateFile, preloadPath, log);
    window.on('closed', () => {
      opening = null;
    });
    const exportFolder = app.getPath('music');
    const services = createElectronServices({ window, dialog, shell, app, nativeTheme, exportFolder });
    const servePage = (port: Port): void => {
      const served = core.servePage(port, services, (error) => log.error('the page sent what it must not', { error }));
      page = served;
      files.pageCame((path) => void core.openFile(path));
      port.onClose(() => {
        if (page !== served) return;
        page = null;
        files.pageWent();
      });
    };
    acceptPagePorts(window.webContents, servePage, log);
    await loadPage(window);
    return window;
  }

  const template = menuTemplate({
    platform: process.platform,
    isDevelopment: !app.isPackaged,
    onCommand: (command) => page?.emit('menu.chosen', { command }),
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));

  return {
    showWindow: async () => {
      const isThere = opening !== null;
      opening ??= open();
      const window = await opening;
      if (isThere) focusWindow(window);
    },
  };
}
