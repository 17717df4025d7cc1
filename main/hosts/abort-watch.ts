const watches = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back when the signal is aborted; returns the function that takes it off. All that wait for one signal share one
 * listener: of 100 000 queued calls each would otherwise go through the listeners of all others to add its own.
 */
export function watchAbort(signal: AbortSignal, callback: () => void): () => void {
  const waiting = watches.get(signal) ?? startWatch(signal);
  waiting.add(callback);
  return () => {
    if (waiting.delete(callback) && waiting.size === 0) endWatch(signal, waiting);
  };
}

function startWatch(signal: AbortSignal): Set<() => void> {
  const waiting = new Set<() => void>();
  watches.set(signal, waiting);
  signal.addEventListener('abort', onAbort, { once: true });
  return waiting;
}

function endWatch(signal: AbortSignal, waiting: Set<() => void>): void {
  if (watches.get(signal) !== waiting) return;
  watches.delete(signal);
  signal.removeEventListener('abort', onAbort);
}

function onAbort({ target }: Event): void {
  const signal = target as AbortSignal;
  const waiting = watches.get(signal);
  watches.delete(signal);
  for (const callback of waiting ?? []) callback();
}
