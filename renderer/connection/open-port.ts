import type { Port } from '../../protocol/contract/port.ts';
import { openElectronPort } from './electron-port.ts';
import { openWebSocketPort } from './web-socket-port.ts';

/** The way to main from where this page was loaded: through Electron's preload, or to the server that it came from. */
export function openPort(): Port {
  if (window.aside) return openElectronPort(window.aside);
  const { protocol, host } = window.location;
  return openWebSocketPort(`${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/socket`);
}
