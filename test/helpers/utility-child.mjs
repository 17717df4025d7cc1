// Preloaded into the child of the stand-in for Electron's utilityProcess: makes a forked Node look like one from within.
import { EventEmitter } from 'node:events';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

if (isMainThread && process.send) {
  const send = process.send.bind(process);
  const parentPort = new EventEmitter();
  parentPort.postMessage = (message) => {
    structuredClone(message); // throws at once for what cannot be cloned, as the real one does
    send(message, () => {}); // a parent that is gone is nobody's error
  };
  // Messages wait until somebody listens for them.
  parentPort.on('newListener', (name) => {
    if (name !== 'message' || parentPort.listenerCount('message') > 0) return;
    process.on('message', (data) => parentPort.emit('message', { data, ports: [] }));
  });
  Object.defineProperty(process, 'parentPort', { enumerable: true, writable: false, value: parentPort });

  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL')); // Electron ends the process with its parent
  delete process.send;
  delete process.disconnect;
}
