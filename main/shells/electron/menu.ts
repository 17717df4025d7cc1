import type { MenuItemConstructorOptions } from 'electron';
import type { AppContract } from '../../../protocol/contract/app-contract.ts';
import type { EventPayload } from '../../../protocol/contract/define-contract.ts';

export type PageCommand = EventPayload<AppContract, 'menu.chosen'>['command'];

interface CommandItem {
  /** `&` marks the access key. */
  readonly label: string;
  /** The page has the same shortcut; the menu shows it, and catches it where the page has no focus. */
  readonly accelerator: string;
}

/** What the menu asks of the page. */
export const COMMAND_ITEMS: Readonly<Record<PageCommand, CommandItem>> = {
  open: { label: '&Open…', accelerator: 'CmdOrCtrl+O' },
  export: { label: '&Export Audio…', accelerator: 'CmdOrCtrl+E' },
  find: { label: '&Find…', accelerator: 'CmdOrCtrl+F' },
  'play-pause': { label: '&Play or Pause', accelerator: 'CmdOrCtrl+Enter' },
  stop: { label: '&Stop', accelerator: 'CmdOrCtrl+.' },
  'next-sentence': { label: '&Next Sentence', accelerator: 'CmdOrCtrl+Alt+Right' },
  'previous-sentence': { label: 'P&revious Sentence', accelerator: 'CmdOrCtrl+Alt+Left' },
  shortcuts: { label: '&Keyboard Shortcuts', accelerator: 'F1' },
};

export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  /** Adds what only developers want: reload and the developer tools. */
  readonly isDevelopment: boolean;
  readonly onCommand: (command: PageCommand) => void;
}

/** The native menu as data. Shortcuts of roles are the system's own. */
export function menuTemplate({ platform, isDevelopment, onCommand }: MenuOptions): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const item = (command: PageCommand): MenuItemConstructorOptions => ({
    id: command,
    ...COMMAND_ITEMS[command],
    click: () => onCommand(command),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [item('open'), item('export'), separator, { role: isMac ? 'close' : 'quit' }],
    },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        separator,
        item('find'),
      ],
    },
    {
      label: '&Speech',
      submenu: [item('play-pause'), item('stop'), separator, item('next-sentence'), item('previous-sentence')],
    },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(isDevelopment ? [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
      ],
    },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    { role: 'help', submenu: [item('shortcuts'), ...(isMac ? [] : [{ role: 'about' } as const])] },
  ];
}
