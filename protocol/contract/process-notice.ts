import { z } from '../schema.ts';
import type { Port } from './port.ts';

/**
 * What a process and its parent tell each other beside the messages of their program, whose port it does not reach.
 * From the child `running`: its module is loaded and begins; `leaving`: it has said all. From the parent `heard`: it has got
 * all that was said before `leaving`; `interrupt`: it wants the end, on systems where a process cannot be sent SIGINT.
 */
const ProcessNotice = z.strictObject({ asideProcess: z.enum(['running', 'leaving', 'heard', 'interrupt']) });
export type ProcessNotice = z.infer<typeof ProcessNotice>['asideProcess'];

export function sendNotice(port: Port, notice: ProcessNotice): void {
  port.send({ asideProcess: notice } satisfies z.infer<typeof ProcessNotice>);
}

/** The same port without the notices, which go to `onNotice` as they come, also before anybody listens to the port. */
export function withoutNotices(port: Port, onNotice: (notice: ProcessNotice) => void): Port {
  const kept: unknown[] = [];
  let listener: ((message: unknown) => void) | undefined;
  port.onMessage((message) => {
    const notice = noticeIn(message);
    if (notice) onNotice(notice);
    else if (listener && kept.length === 0) listener(message);
    else kept.push(message);
  });
  return {
    ...port,
    onMessage: (next) => {
      listener = next;
      // Not at once: who sets a listener has more to set up before messages may come.
      queueMicrotask(() => {
        while (kept.length > 0) listener?.(kept.shift());
      });
    },
  };
}

/** Looks at one key first: a schema would look at all, and a typed array has a key for each element. */
function noticeIn(message: unknown): ProcessNotice | undefined {
  if (typeof message !== 'object' || message === null || !('asideProcess' in message)) return undefined;
  return ProcessNotice.safeParse(message).data?.asideProcess;
}
