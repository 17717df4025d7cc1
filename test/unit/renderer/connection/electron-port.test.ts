import { expect, test, vi } from 'vitest';
import { openElectronPort } from '../../../../renderer/connection/electron-port.ts';

function openBridge() {
  const sent: unknown[] = [];
  let deliver: (message: unknown) => void = () => {};
  const bridge = {
    send: (message: unknown) => void sent.push(message),
    onMessage: (listener: (message: unknown) => void) => {
      deliver = listener;
    },
  };
  return { port: openElectronPort(bridge), sent, deliver: (message: unknown) => deliver(message) };
}

test('passes messages both ways, and keeps those that come before a listener', () => {
  const { port, sent, deliver } = openBridge();
  deliver('early');
  const received: unknown[] = [];
  port.onMessage((message) => received.push(message));
  deliver('later');
  port.send({ kind: 'cancel', id: 1 });

  expect(received).toEqual(['early', 'later']);
  expect(sent).toEqual([{ kind: 'cancel', id: 1 }]);
});

test('after close it sends nothing and delivers nothing', () => {
  const { port, sent, deliver } = openBridge();
  const onMessage = vi.fn();
  const onClose = vi.fn();
  port.onMessage(onMessage);
  port.onClose(onClose);
  port.close();
  port.send('too late');
  deliver('too late');

  expect(sent).toEqual([]);
  expect(onMessage).not.toHaveBeenCalled();
  expect(onClose).toHaveBeenCalledOnce();
});
