import { AsideError, isAsideError } from '../../protocol/errors.ts';
import type { HostExit } from './launcher.ts';

const TRY_AGAIN = 'Try again: another host takes over. If it happens each time with the same text, try another voice.';

/** A host that died, by itself or by somebody's signal, while it answered nothing. */
export function hostExited(
  engine: string,
  pid: number | null,
  exit: HostExit,
  stderrTail: string[],
): AsideError<'host-exited'> {
  return new AsideError('host-exited', `${nameOf(engine, pid)} ${howItEnded(exit)}`, {
    details: { pid, ...exit, request: null, stderrTail },
    remedy: TRY_AGAIN,
  });
}

/** A host that somebody had ended, by its process id, whatever it was at. */
export function hostEndedOnRequest(
  engine: string,
  pid: number | null,
  stderrTail: string[],
): AsideError<'host-exited'> {
  return new AsideError('host-exited', `${nameOf(engine, pid)} was ended on request`, {
    details: { pid, exitCode: null, signal: null, request: null, stderrTail, onRequest: true },
    remedy: 'Another host takes over.',
  });
}

/** A host that was at work and did not even say that it is there; it was killed. */
export function hostSilent(engine: string, pid: number | null, stderrTail: string[]): AsideError<'host-exited'> {
  return new AsideError('host-exited', `${nameOf(engine, pid)} did not answer any more and was killed`, {
    details: { pid, exitCode: null, signal: null, request: null, stderrTail },
    remedy: TRY_AGAIN,
  });
}

/** Whether a call failed for no other reason than that somebody had its host ended; another try is worth it. */
export function isEndedOnRequest(error: unknown): boolean {
  return isAsideError(error, 'host-exited') && error.details.onRequest === true;
}

/** A host that not even a kill could end. */
export function hostLeftBehind(engine: string, pid: number | null, stderrTail: string[]): AsideError<'host-exited'> {
  return new AsideError('host-exited', `${nameOf(engine, pid)} could not be ended and was left behind`, {
    details: { pid, exitCode: null, signal: null, request: null, stderrTail },
    remedy: 'Another host takes over. The one left behind goes at the latest when the computer is restarted.',
  });
}

/** A child process that the system refused to start. `cause` is Node's own error. */
export function hostNotSpawned(engine: string, cause: unknown, elapsedMs: number): AsideError<'host-start'> {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AsideError('host-start', `${nameOf(engine, null)} could not be started: ${reason}`, {
    details: { engine, elapsedMs, stderrTail: [] },
    remedy: isOutOfRoom(cause)
      ? 'The system has no room for another process. Close some programs and try again.'
      : 'A file of Aside is missing or may not be run. Install Aside again.',
    cause,
  });
}

/** A host that runs and never said that it is ready. */
export function hostNotReady(
  engine: string,
  pid: number | null,
  timeoutMs: number,
  elapsedMs: number,
  stderrTail: string[],
): AsideError<'host-start'> {
  return new AsideError('host-start', `${nameOf(engine, pid)} was not ready within ${timeoutMs} ms`, {
    details: { engine, elapsedMs, stderrTail },
    remedy: 'Try again. If it stays so, end other programs that keep the computer busy, or choose another engine.',
  });
}

/** A host that said something that its contract does not know. `got` describes what. */
export function hostBrokeProtocol(engine: string, pid: number | null, got: string): AsideError<'host-protocol'> {
  return new AsideError('host-protocol', `${nameOf(engine, pid)} sent something that it should not: ${got}`, {
    details: { pid, got },
    remedy:
      'Try again: another host takes over. If it stays so, install Aside again: its parts may be of two versions.',
  });
}

export function hostsGaveUp(engine: string, restarts: number, lastError: AsideError): AsideError<'host-gave-up'> {
  const after = `${restarts} ${restarts === 1 ? 'restart' : 'restarts'}`;
  const last = `${lastError.message}${lastWordsOf(lastError)}`;
  return new AsideError('host-gave-up', `The ${engine} host was given up after ${after}; last: ${last}`, {
    details: { engine, restarts, lastError: lastError.message },
    // A remedy for one death ("try again") is none for many.
    remedy: `Retry, or choose another engine. ${isAsideError(lastError, 'host-exited') ? '' : lastError.remedy}`.trim(),
    cause: lastError,
  });
}

/** What a process that died wrote about it, where it wrote anything: `; it wrote: Error: Cannot find module …`. */
function lastWordsOf(error: AsideError): string {
  if (!isAsideError(error, 'host-exited', 'host-start')) return '';
  const { stderrTail } = error.details;
  const words = stderrTail.find((line) => /error/i.test(line)) ?? stderrTail.at(-1);
  return words ? `; it wrote: ${words.trim().slice(0, MAX_WORDS_CHARS)}` : '';
}

const MAX_WORDS_CHARS = 300;

export function hostsClosed(engine: string): AsideError<'disconnected'> {
  return new AsideError('disconnected', `The hosts of the ${engine} engine have been shut down`, { details: {} });
}

function nameOf(engine: string, pid: number | null): string {
  return pid === null ? `The ${engine} host` : `The ${engine} host (pid ${pid})`;
}

function howItEnded({ exitCode, signal }: HostExit): string {
  if (signal !== null) return `was killed by ${signal}`;
  if (exitCode === null) return 'ended';
  // Windows exit codes of crashes are NTSTATUS values, which people know in hexadecimal.
  const hex = exitCode > 0xffff ? ` (0x${exitCode.toString(16).toUpperCase()})` : '';
  return `ended with exit code ${exitCode}${hex}`;
}

function isOutOfRoom(cause: unknown): boolean {
  const code = (cause as NodeJS.ErrnoException | null)?.code ?? '';
  return ['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM'].includes(code);
}
