/**
 * A shortcut as `Mod+Shift+Period`: modifiers (`Mod` is Cmd on a Mac and Ctrl elsewhere), then a letter, or the name of
 * a key as in `KeyboardEvent.code`.
 */
export type Shortcut = string;

type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

const SIGNS: Record<string, string> = {
  Comma: ',',
  Period: '.',
  Slash: '/',
  Enter: 'Enter',
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowRight: '→',
};
const MAC_SIGNS: Record<string, string> = { Mod: '⌘', Ctrl: '⌃', Shift: '⇧', Alt: '⌥', Enter: '↩' };

export function matchesShortcut(press: KeyPress, shortcut: Shortcut, isMac: boolean): boolean {
  const { modifiers, key } = parse(shortcut);
  const wanted = {
    ctrl: modifiers.includes('Ctrl') || (!isMac && modifiers.includes('Mod')),
    meta: isMac && modifiers.includes('Mod'),
    shift: modifiers.includes('Shift'),
    alt: modifiers.includes('Alt'),
  };
  return (
    press.ctrlKey === wanted.ctrl &&
    press.metaKey === wanted.meta &&
    press.shiftKey === wanted.shift &&
    press.altKey === wanted.alt &&
    isKey(press, key)
  );
}

/** A letter by what it types, so that it follows the layout; by its place where the layout has no Latin letters. */
function isKey(press: KeyPress, key: string): boolean {
  if (key.length > 1) return press.code === key || press.key === key;
  const typed = press.key.toLowerCase();
  return typed === key.toLowerCase() || (!/^[a-z]$/u.test(typed) && press.code === `Key${key.toUpperCase()}`);
}

/** The keys as they are printed on the keyboard, in the order in which they are pressed. */
export function shownKeys(shortcut: Shortcut, isMac: boolean): string[] {
  const { modifiers, key } = parse(shortcut);
  const shown = modifiers.map(
    (modifier) => (isMac ? MAC_SIGNS[modifier] : undefined) ?? (modifier === 'Mod' ? 'Ctrl' : modifier),
  );
  return [...shown, (isMac ? MAC_SIGNS[key] : undefined) ?? SIGNS[key] ?? key];
}

/** For `aria-keyshortcuts`. */
export function ariaShortcut(shortcut: Shortcut, isMac: boolean): string {
  const { modifiers, key } = parse(shortcut);
  const names = modifiers.map((modifier) => (modifier === 'Mod' ? (isMac ? 'Meta' : 'Control') : modifier));
  const named = names.map((name) => (name === 'Ctrl' ? 'Control' : name));
  return [...named, SIGNS[key] && SIGNS[key].length === 1 && !key.startsWith('Arrow') ? SIGNS[key] : key].join('+');
}

function parse(shortcut: Shortcut): { modifiers: string[]; key: string } {
  const parts = shortcut.split('+');
  return { modifiers: parts.slice(0, -1), key: parts.at(-1) ?? '' };
}
