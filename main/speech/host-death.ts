import { AsideError, isAsideError } from '../../protocol/errors.ts';
import type { TextRange } from '../../protocol/model/text-range.ts';
import { isEndedOnRequest } from '../hosts/host-errors.ts';

/** How often a segment may take its host with it before it is given up. */
const MAX_DEATHS = 2;

const SHOWN_CHARS = 120;

type HostDeath = AsideError<'host-exited' | 'host-protocol' | 'request-timeout' | 'contract'>;

/** Whether a request failed because its host died, or had to be killed since it spoke nonsense or made no progress. */
function isHostDeath(error: unknown): error is HostDeath {
  // What broke the contract in an answer is the host's nonsense; in parameters it would be our own, each time anew.
  if (isAsideError(error, 'contract')) return !error.details.path.startsWith('params');
  return isAsideError(error, 'host-exited', 'host-protocol', 'request-timeout');
}

/**
 * Runs `attempt`, and once more on another host if its host dies. `onRetry` hears of the first death. A second one ends
 * in `segment-failed`, which names the text; every other failure passes through. A host that somebody had ended is
 * no fault of the text and is not counted.
 */
export async function retryOnHostDeath<T>(
  text: string,
  range: TextRange,
  attempt: () => Promise<T>,
  onRetry: (error: HostDeath) => void,
): Promise<T> {
  const deaths: HostDeath[] = [];
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isHostDeath(error)) throw error;
      if (!isEndedOnRequest(error)) deaths.push(error);
      if (deaths.length >= MAX_DEATHS) throw segmentFailed(text, range, deaths);
      onRetry(error);
    }
  }
}

function segmentFailed(text: string, range: TextRange, deaths: readonly HostDeath[]): AsideError<'segment-failed'> {
  const whole = text.slice(range.charIndex, range.charIndex + range.charLength).trim();
  const shown = whole.length <= SHOWN_CHARS ? whole : `${whole.slice(0, SHOWN_CHARS)}…`;
  const exits = deaths.map(exitOf);
  const how = deaths.map(describe).join(', then ');
  return new AsideError('segment-failed', `The voice failed twice on this text (${how}): “${shown}”`, {
    details: { ...range, text: shown, exits },
    remedy: 'Try another voice, or change or skip the selected text.',
    cause: deaths.at(-1),
  });
}

function exitOf(death: HostDeath): { exitCode: number | null; signal: string | null } {
  if (!isAsideError(death, 'host-exited')) return { exitCode: null, signal: null };
  return { exitCode: death.details.exitCode, signal: death.details.signal };
}

function describe(death: HostDeath): string {
  if (isAsideError(death, 'host-protocol', 'contract')) return 'it sent nonsense';
  if (isAsideError(death, 'request-timeout')) return 'it did not answer';
  const { exitCode, signal } = exitOf(death);
  return signal === null ? `exit code ${exitCode ?? 'unknown'}` : `killed by ${signal}`;
}
