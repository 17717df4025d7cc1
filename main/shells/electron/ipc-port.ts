import type { IpcMainEvent, WebContents } from 'electron';
import type { Port } from '../../../protocol/contract/port.ts';
import { AsideError } from '../../../protocol/errors.ts';
import type { Log } from '../../logging/log.ts';
import { createPortEnd, type PortEnd } from '../port-end.ts';
import { senderRefusal } from './trusted-sender.ts';

/** The only channel between page and main. The preload script knows it too. */
export const MESSAGE_CHANNEL = 'aside:message';

/** What is used of a window's contents. `ipc` hears this window's frames and no others. */
export type PageContents = Pick<WebContents, 'ipc' | 'isDestroyed' | 'mainFrame' | 'on' | 'send'>;

/**
 * Gives each page that is loaded in `contents` a port of its own, at its first message: a reload ends the calls of the
 * page before it. A port closes with `disconnected` when its page is left, crashes or is destroyed. Messages from
 * anything but our own page are dropped and logged.
 */
export function acceptPagePorts(contents: PageContents, onPort: (port: Port) => void, log: Log): void {
  let end: PortEnd | undefined;

  contents.ipc.on(MESSAGE_CHANNEL, ({ senderFrame }: IpcMainEvent, message: unknown) => {
    const refusal = senderRefusal(senderFrame, contents.mainFrame);
    if (refusal !== null) {
      log.warn('a message was dropped for its sender', { refusal });
      return;
    }
    if (!end?.isOpen) {
      end = createPortEnd();
      onPort(createPort(contents, end, log));
    }
    end.deliver(message);
  });

  const leave = (why: string) => (): void => {
    end?.closed(disconnected(why));
  };
  contents.on('did-navigate', leave('The page was loaded again'));
  contents.on('render-process-gone', leave('The page has crashed'));
  contents.on('destroyed', leave('The window was closed'));
}

function createPort(contents: PageContents, end: PortEnd, log: Log): Port {
  return {
    send: (message) => {
      if (!end.isOpen || contents.isDestroyed()) return;
      try {
        contents.send(MESSAGE_CHANNEL, message);
      } catch (error) {
        log.error('a message to the page cannot be sent', { error });
      }
    },
    onMessage: end.onMessage,
    onClose: end.onClose,
    close: (why = disconnected('Aside is closing')) => {
      end.closed(why);
    },
  };
}

function disconnected(message: string): AsideError<'disconnected'> {
  return new AsideError('disconnected', message, { details: {} });
}
