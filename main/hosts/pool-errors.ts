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

export function poolStillOpen(engine: string): AsideError<'refused'> {
  return new AsideError('refused', `The ${engine} hosts cannot be waited for: their pool is open`, {
    details: { reason: 'the pool is open' },
    remedy: 'Call close() or terminate() before join().',
  });
}
