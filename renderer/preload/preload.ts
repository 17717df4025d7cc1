import { contextBridge, ipcRenderer } from 'electron';
import type { AsideBridge } from '../connection/electron-port.ts';

/** The same channel as in main; nothing else crosses here, and never an event object, which would give away `ipcRenderer`. */
const MESSAGE_CHANNEL = 'aside:message';

let listener: ((message: unknown) => void) | undefined;
let early: unknown[] = [];

ipcRenderer.on(MESSAGE_CHANNEL, (_event, message: unknown) => {
  if (listener) listener(message);
  else early.push(message);
});

const bridge: AsideBridge = {
  send: (message) => ipcRenderer.send(MESSAGE_CHANNEL, message),
  onMessage: (onMessage) => {
    listener = onMessage;
    const kept = early;
    early = [];
    for (const message of kept) onMessage(message);
  },
};
contextBridge.exposeInMainWorld('aside', bridge);
