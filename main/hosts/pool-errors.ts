import { AsideError } from '../../protocol/errors.ts';

export function queueFull(request: string, limit: number): AsideError<'queue-full'> {
  return new AsideError('queue-full', `${request} was refused: ${limit} calls wait already`, {
    details: { request, limit },
    remedy: 'Wait until some of them are done, then try again.',
  });
}

export function noPriority(request: string): AsideError<'refused'> {
  return new AsideError('refused', `${request} was refused: its priority is not a number`, {
    details: { reason: 'its priority is NaN' },
    remedy: 'Give a number, "listening" or "background".',
  });
}

/** `callback` is the name of the option that holds it, `cause` what it threw. */
export function callbackThrew(request: string, callback: string, cause: unknown): AsideError<'callback'> {
  const what = cause instanceof Error ? cause.message : typeof cause === 'string' ? cause : 'no error';
  return new AsideError('callback', `${request} was ended: its ${callback} threw: ${what}`, {
    details: { request, callback },
    remedy: `Mend that ${callback}, or catch in it what it throws.`,
    cause,
  });
}

export function poolStillOpen(engine: string): AsideError<'refused'> {
  return new AsideError('refused', `The ${engine} hosts cannot be waited for: their pool is open`, {
    details: { reason: 'the pool is open' },
    remedy: 'Call close() or terminate() before join().',
  });
}
