import type { BrowserWindowConstructorOptions } from 'electron';
import { MIN_SIZE, type WindowPlacement } from './window-state.ts';

/** The page's own paper (renderer/styles/page.css), so that nothing flashes before it is painted. */
const BACKGROUND = { light: '#fffdfa', dark: '#1f1d1c' };

/** The main window. `preloadPath` is absolute. It is shown by whoever opens it, when there is something to see. */
export function windowOptions(
  placement: WindowPlacement,
  isDark: boolean,
  preloadPath: string,
): BrowserWindowConstructorOptions {
  return {
    ...placement.bounds,
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    title: 'Aside',
    show: false,
    backgroundColor: isDark ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: preloadPath,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // Its dictionaries are fetched from the web, and Aside reads texts; it does not correct them.
      spellcheck: false,
      // Speech goes on behind other windows; a page that is slowed down would ask for audio too late.
      backgroundThrottling: false,
    },
  };
}
