import type { Port } from '../../protocol/contract/port.ts';
import { AsideError } from '../../protocol/errors.ts';
import { PortEvents } from '../../renderer/connection/port-events.ts';

/** The two ends of one connection in memory. Messages are cloned and arrive in a later microtask, as on a real one. */
export function createPortPair(): { page: Port; main: Port } {
  const ends = { page: new PortEvents(), main: new PortEvents() };
  const closeBoth = (why: AsideError): void => {
    ends.page.closed(why);
    ends.main.closed(why);
  };
  const end = (own: PortEvents, other: PortEvents): Port => ({
    send: (message) => {
      if (own.isClosed) return;
      const clone: unknown = structuredClone(message);
      queueMicrotask(() => other.received(clone));
    },
    onMessage: (listener) => own.onMessage(listener),
    onClose: (listener) => own.onClose(listener),
    close: (why = new AsideError('disconnected', 'Aside has ended.', { details: {} })) => closeBoth(why),
  });
  return { page: end(ends.page, ends.main), main: end(ends.main, ends.page) };
}
