import { Button, type ButtonProps, Tooltip } from '@fluentui/react-components';
import { type CommandId, isMac, shortcutOf } from '../features/commands/commands.ts';
import { ariaShortcut } from '../features/commands/shortcut-keys.ts';
import { useServices } from '../services-context.ts';
import { Keys } from './keys.tsx';
import './command-button.css';

export type CommandButtonProps = Omit<ButtonProps, 'onClick' | 'as' | 'aria-label'> & {
  readonly command: CommandId;
  /** What the button does now; also its tip. */
  readonly label: string;
};

/** A button that runs a command and tells its name and keys. */
export function CommandButton({ command, label, ...props }: CommandButtonProps) {
  const { commands } = useServices();
  const tip = (
    <span className="command-tip">
      {label} <Keys of={command} />
    </span>
  );
  // Hidden, since the button itself tells the same; and it must not lie in the way to the scrubber above it.
  const content = { children: tip, className: 'command-tip-surface', 'aria-hidden': true };
  return (
    <Tooltip content={content} relationship="inaccessible" withArrow>
      <Button
        {...(props as ButtonProps)}
        aria-label={label}
        aria-keyshortcuts={ariaShortcut(shortcutOf(command), isMac)}
        onClick={() => commands[command]()}
      />
    </Tooltip>
  );
}
