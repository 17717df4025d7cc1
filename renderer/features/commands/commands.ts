import type { Shortcut } from './shortcut-keys.ts';

export type CommandId =
  | 'play-pause'
  | 'play-from-beginning'
  | 'stop'
  | 'previous-sentence'
  | 'next-sentence'
  | 'slower'
  | 'faster'
  | 'open'
  | 'export'
  | 'queue'
  | 'find'
  | 'choose-voice'
  | 'processes'
  | 'shortcuts';

export interface CommandInfo {
  readonly id: CommandId;
  readonly label: string;
  readonly keys: { readonly pc: Shortcut; readonly mac: Shortcut };
}

/**
 * Everything that can be done by a key, a button or the menu, once. The keys are chosen so that they neither edit text
 * (Ctrl+arrows move by words) nor belong to a browser's own navigation (Alt+Left goes back).
 */
export const COMMANDS: readonly CommandInfo[] = [
  { id: 'play-pause', label: 'Play or pause', keys: { pc: 'Mod+Enter', mac: 'Mod+Enter' } },
  {
    id: 'play-from-beginning',
    label: 'Read from the beginning',
    keys: { pc: 'Mod+Shift+Enter', mac: 'Mod+Shift+Enter' },
  },
  { id: 'stop', label: 'Stop', keys: { pc: 'Escape', mac: 'Escape' } },
  { id: 'previous-sentence', label: 'Previous sentence', keys: { pc: 'F8', mac: 'Ctrl+Mod+ArrowLeft' } },
  { id: 'next-sentence', label: 'Next sentence', keys: { pc: 'F9', mac: 'Ctrl+Mod+ArrowRight' } },
  { id: 'slower', label: 'Slower', keys: { pc: 'Mod+Shift+Comma', mac: 'Mod+Shift+Comma' } },
  { id: 'faster', label: 'Faster', keys: { pc: 'Mod+Shift+Period', mac: 'Mod+Shift+Period' } },
  { id: 'open', label: 'Open a file', keys: { pc: 'Mod+O', mac: 'Mod+O' } },
  { id: 'export', label: 'Export as an audio file', keys: { pc: 'Mod+E', mac: 'Mod+E' } },
  { id: 'queue', label: 'Show or hide the export queue', keys: { pc: 'F4', mac: 'Ctrl+Mod+E' } },
  { id: 'find', label: 'Find in the text', keys: { pc: 'Mod+F', mac: 'Mod+F' } },
  { id: 'choose-voice', label: 'Choose a voice', keys: { pc: 'Mod+K', mac: 'Mod+K' } },
  { id: 'processes', label: 'Show or hide the processes', keys: { pc: 'F2', mac: 'Ctrl+Mod+P' } },
  { id: 'shortcuts', label: 'Show these shortcuts', keys: { pc: 'F1', mac: 'Mod+Slash' } },
];

export type Commands = Readonly<Record<CommandId, () => void>>;

export const isMac = /Mac|iPhone|iPad/u.test(navigator.userAgent);

export function shortcutOf(id: CommandId): Shortcut {
  const keys = COMMANDS.find((command) => command.id === id)?.keys;
  return (isMac ? keys?.mac : keys?.pc) ?? '';
}
