import { EventEmitter } from 'node:events';
import { vi } from 'vitest';
import { MESSAGE_CHANNEL, type PageContents } from '../../../../../main/shells/electron/ipc-port.ts';

const OWN_FRAME = { url: 'app://aside/', frameTreeNodeId: 1, parent: null, detached: false };

/** A window's contents as far as a port uses them. */
export function createFakeContents() {
  const ipc = new EventEmitter();
  const send = vi.fn<(channel: string, message: unknown) => void>();
  const contents = Object.assign(new EventEmitter(), {
    ipc,
    send,
    mainFrame: OWN_FRAME,
    isDestroyed: (): boolean => false,
  });
  return {
    contents: contents as unknown as PageContents,
    send,
    /** A message arrives. */
    receive: (message: unknown, senderFrame: unknown = OWN_FRAME) => {
      ipc.emit(MESSAGE_CHANNEL, { senderFrame }, message);
    },
    emit: (event: 'did-navigate' | 'render-process-gone' | 'destroyed') => {
      if (event === 'destroyed') contents.isDestroyed = () => true;
      contents.emit(event);
    },
    listenerCount: () => [...contents.eventNames(), ...ipc.eventNames()].length,
  };
}
