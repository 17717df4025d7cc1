import type { Port } from '../../protocol/contract/port.ts';
import { AsideError } from '../../protocol/errors.ts';
import { PortEvents } from './port-events.ts';

/** What the preload script puts into the page, and all of it. */
export interface AsideBridge {
  /** Structured clone: plain data and `Uint8Array`. */
  send(message: unknown): void;
  /** One listener; called with the payload only. */
  onMessage(listener: (message: unknown) => void): void;
}

declare global {
  interface Window {
    /** There in Electron only. */
    readonly aside?: AsideBridge;
  }
}

/** A port to Electron's main process. It closes from this side only: the window does not outlive main. */
export function openElectronPort(bridge: AsideBridge): Port {
  const events = new PortEvents();
  bridge.onMessage((message) => events.received(message));
  return {
    send: (message) => {
      if (!events.isClosed) bridge.send(message);
    },
    onMessage: (listener) => events.onMessage(listener),
    onClose: (listener) => events.onClose(listener),
    close: (why = new AsideError('disconnected', 'The window was closed.', { details: {} })) => events.closed(why),
  };
}
