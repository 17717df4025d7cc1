import { cancelled } from '../../../protocol/contract/call.ts';

/** The same promise, but it rejects with `request-cancelled` at once when `signal` is aborted. `what` names it then. */
export async function untilInterrupted<T>(work: Promise<T>, signal: AbortSignal, what: string): Promise<T> {
  work.catch(() => {}); // what it fails with after the interruption is nobody's business any more
  if (signal.aborted) throw cancelled(what);
  const done = new AbortController();
  const interruption = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(cancelled(what)), { once: true, signal: done.signal });
  });
  return Promise.race([work, interruption]).finally(() => done.abort());
}
