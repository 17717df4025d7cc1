import { AsideError } from '../../../protocol/errors.ts';

const NO_ROOM = ['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM'];

/** A process that the system did not start. `cause` is the system's error, with its code. */
export function processNotStarted(name: string, cause: unknown, elapsedMs: number): AsideError<'host-start'> {
  const { code = '', message }: NodeJS.ErrnoException = cause instanceof Error ? cause : new Error(String(cause));
  return new AsideError('host-start', `The process ${name} could not be started: ${message}`, {
    details: { engine: name, elapsedMs, stderrTail: [] },
    remedy: NO_ROOM.includes(code)
      ? 'The system has no room for another process. Let some end, or raise the limit (ulimit -u, ulimit -n), then try again.'
      : 'Look at the path: the module and the program that runs it must exist and be readable, the program executable.',
    cause,
  });
}

/** A process that ended before its module began. What Node said about the module is among the last lines. */
export function processNeverRan(
  name: string,
  elapsedMs: number,
  lastLines: readonly string[],
): AsideError<'host-start'> {
  return new AsideError('host-start', `The process ${name} ended before it began: its module could not be loaded`, {
    details: { engine: name, elapsedMs, stderrTail: [...lastLines] },
    remedy: 'The last lines that it wrote say why. A module that does not call runProcess() is never seen to begin.',
  });
}
