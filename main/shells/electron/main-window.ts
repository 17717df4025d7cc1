import { app, BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import type { Log } from '../../logging/log.ts';
import { crashedPageQuestion, RELOAD_BUTTON } from './crashed-page.ts';
import { PAGE_URL } from './page-address.ts';
import { windowOptions } from './window-options.ts';
import { placeWindow } from './window-state.ts';
import type { WindowStateFile } from './window-state-file.ts';

/** Opens the window where it was, hidden until its page is painted, and without a page yet. */
export function openMainWindow(stateFile: WindowStateFile, preloadPath: string, log: Log): BrowserWindow {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  const workAreas = others.map(({ workArea }) => workArea);
  const placement = placeWindow(stateFile.last(), [primary.workArea, ...workAreas]);
  const window = new BrowserWindow(windowOptions(placement, nativeTheme.shouldUseDarkColors, preloadPath));
  window.once('ready-to-show', () => {
    if (placement.isMaximized) window.maximize();
    else window.show();
  });
  rememberState(window, stateFile);
  askWhenCrashed(window, log);
  window.webContents.on('unresponsive', () => log.warn('the page does not respond'));
  window.webContents.on('responsive', () => log.info('the page responds again'));
  window.webContents.on('preload-error', (_event, _path, error) => log.error('the preload script failed', { error }));
  return window;
}

/** Resolves when the page is loaded, or the window was closed before. Rejects when the page cannot be loaded. */
export async function loadPage(window: BrowserWindow): Promise<void> {
  try {
    await window.loadURL(PAGE_URL);
  } catch (error) {
    if (!window.isDestroyed()) throw error;
  }
}

/** Brings a window to the front, whatever has become of it. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function rememberState(window: BrowserWindow, stateFile: WindowStateFile): void {
  const save = (): void => stateFile.save({ ...window.getNormalBounds(), isMaximized: window.isMaximized() });
  window.on('resize', save);
  window.on('move', save);
  window.on('maximize', save);
  window.on('unmaximize', save);
  window.on('closed', () => void stateFile.flush());
}

function askWhenCrashed(window: BrowserWindow, log: Log): void {
  window.webContents.on('render-process-gone', async (_event, details) => {
    const question = crashedPageQuestion(details);
    if (question === null || window.isDestroyed()) return;
    log.error('the page has crashed', { ...details });
    const { response } = await dialog.showMessageBox(window, question);
    if (response !== RELOAD_BUTTON) app.quit();
    else if (!window.isDestroyed()) window.webContents.reload();
  });
}
