import { toWireError } from '../../../protocol/errors.ts';
import type { Log } from '../../logging/log.ts';

export interface CrashPathOptions {
  readonly log: Log;
  /** Writes what the log holds. */
  readonly flushLog: () => Promise<void>;
  /** Shows a message and returns when the user has read it. */
  readonly showError: (title: string, message: string) => void;
  readonly exit: (exitCode: number) => void;
}

/**
 * What happens to an error that stops the start or that nobody expected: it is logged, shown, and Aside ends; going on
 * could lose more.
 */
export function createCrashPath({ log, flushLog, showError, exit }: CrashPathOptions): (error: unknown) => void {
  let hasCrashed = false;
  return (error) => {
    log.error('Aside cannot go on', { error });
    if (hasCrashed) return; // the first one is the cause of what follows, and one message box is enough
    hasCrashed = true;
    const { message, remedy } = toWireError(error);
    showError('Aside has to close', `${message}\n\n${remedy || 'Your text is kept. Start Aside again to go on.'}`);
    const end = (): void => exit(1);
    flushLog().then(end, end);
  };
}
