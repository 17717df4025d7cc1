/** Who waits: a listener for the next word, or work that nobody waits for with bated breath. */
export type CallPriority = 'listening' | 'background';

/** Calls that wait for a host: `listening` before `background`, each in order of arrival. */
export interface CallQueue<T extends { readonly priority: CallPriority }> {
  readonly length: number;
  push(call: T): void;
  /** Takes out the first call whose priority `mayRun`. */
  take(mayRun: (priority: CallPriority) => boolean): T | undefined;
  remove(call: T): void;
  /** Takes out all, first come first. */
  drain(): T[];
}

export function createCallQueue<T extends { readonly priority: CallPriority }>(): CallQueue<T> {
  const waiting: Readonly<Record<CallPriority, T[]>> = { listening: [], background: [] };
  return {
    get length() {
      return waiting.listening.length + waiting.background.length;
    },
    push: (call) => void waiting[call.priority].push(call),
    take: (mayRun) =>
      (mayRun('listening') ? waiting.listening.shift() : undefined) ??
      (mayRun('background') ? waiting.background.shift() : undefined),
    remove: (call) => {
      const calls = waiting[call.priority];
      const index = calls.indexOf(call);
      if (index >= 0) calls.splice(index, 1);
    },
    drain: () => [...waiting.listening.splice(0), ...waiting.background.splice(0)],
  };
}
