import { type CommandId, isMac, shortcutOf } from '../features/commands/commands.ts';
import { shownKeys } from '../features/commands/shortcut-keys.ts';
import './keys.css';

/** The keys of a command, as keycaps. */
export function Keys({ of }: { readonly of: CommandId }) {
  return (
    <span className="keys">
      {shownKeys(shortcutOf(of), isMac).map((key) => (
        <kbd key={key} className="keys__key">
          {key}
        </kbd>
      ))}
    </span>
  );
}
