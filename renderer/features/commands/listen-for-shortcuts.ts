import { COMMANDS, type CommandId, type Commands, isMac, shortcutOf } from './commands.ts';
import { matchesShortcut } from './shortcut-keys.ts';

/** Popups and panels have an Escape of their own, and a dialog is not to be worked behind. */
const OWN_KEYS = '[role="dialog"], [role="listbox"], [role="menu"], [role="group"].fui-PopoverSurface, .cm-panel';

/** Not popups, but something that Escape closes. */
const OWN_ESCAPE = '[data-own-escape]';

/**
 * Runs commands by their keys, before the editor sees them.
 * @param canStop whether there is something to stop; otherwise Escape is left to the editor
 * @returns takes the listener off
 */
export function listenForShortcuts(commands: Commands, canStop: () => boolean): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    const command = COMMANDS.find(({ id }) => matchesShortcut(event, shortcutOf(id), isMac));
    if (!command || event.isComposing || !mayRun(command.id, event, canStop)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat || command.id === 'slower' || command.id === 'faster') commands[command.id]();
  };
  window.addEventListener('keydown', onKeyDown, true);
  return () => window.removeEventListener('keydown', onKeyDown, true);
}

function mayRun(id: CommandId, event: KeyboardEvent, canStop: () => boolean): boolean {
  const isIn = (places: string): boolean => event.target instanceof Element && event.target.closest(places) !== null;
  const isInPopup = isIn(OWN_KEYS);
  if (id === 'stop') return !isInPopup && !isIn(OWN_ESCAPE) && canStop();
  return !isInPopup || id === 'find';
}
