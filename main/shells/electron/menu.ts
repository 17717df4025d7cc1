import type { MenuItemConstructorOptions } from 'electron';
import type { AppContract } from '../../../protocol/contract/app-contract.ts';
import type { EventPayload } from '../../../protocol/contract/define-contract.ts';

export type PageCommand = EventPayload<AppContract, 'menu.chosen'>['command'];

interface CommandItem {
  /** `&` marks the access key. */
  readonly label: string;
  /** The page's own shortcut. */
  readonly keys: { readonly pc: string | null; readonly mac: string | null };
}

/** What the menu asks of the page. */
const COMMAND_ITEMS: Readonly<Record<PageCommand, CommandItem>> = {
  open: { label: '&Open…', keys: { pc: 'CmdOrCtrl+O', mac: 'CmdOrCtrl+O' } },
  export: { label: '&Export Audio…', keys: { pc: 'CmdOrCtrl+E', mac: 'CmdOrCtrl+E' } },
  queue: { label: 'Export &Queue', keys: { pc: 'F4', mac: 'Ctrl+CmdOrCtrl+E' } },
  find: { label: '&Find…', keys: { pc: 'CmdOrCtrl+F', mac: 'CmdOrCtrl+F' } },
  'play-pause': { label: '&Play or Pause', keys: { pc: 'CmdOrCtrl+Enter', mac: 'CmdOrCtrl+Enter' } },
  // A Mac's menu would catch every Escape, also one that closes a dialog; the page tells them apart.
  stop: { label: '&Stop', keys: { pc: 'Escape', mac: null } },
  'previous-sentence': { label: 'P&revious Sentence', keys: { pc: 'F8', mac: 'Ctrl+CmdOrCtrl+Left' } },
  'next-sentence': { label: '&Next Sentence', keys: { pc: 'F9', mac: 'Ctrl+CmdOrCtrl+Right' } },
  processes: { label: '&Processes', keys: { pc: 'F2', mac: 'Ctrl+CmdOrCtrl+P' } },
  shortcuts: { label: '&Keyboard Shortcuts', keys: { pc: 'F1', mac: 'CmdOrCtrl+/' } },
  about: { label: '&About Aside', keys: { pc: null, mac: null } },
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
  const item = (command: PageCommand): MenuItemConstructorOptions => {
    const { label, keys } = COMMAND_ITEMS[command];
    const accelerator = isMac ? keys.mac : keys.pc;
    return {
      id: command,
      label,
      ...(accelerator !== null && { accelerator }),
      // The menu only shows it (a Mac's catches what the page lets pass): the page knows when a key is meant for a dialog.
      registerAccelerator: false,
      click: () => onCommand(command),
    };
  };
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [item('open'), item('export'), item('queue'), separator, { role: isMac ? 'close' : 'quit' }],
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
        item('processes'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(isDevelopment ? [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
      ],
    },
    ...(isMac ? [{ role: 'windowMenu' } as const] : []),
    { role: 'help', submenu: [item('shortcuts'), item('about')] },
  ];
}
