import { expect, test, vi } from 'vitest';
import { denyEverything } from '../../../../../main/shells/electron/session-policy.ts';

type Session = Parameters<typeof denyEverything>[0];

function applyPolicy() {
  const session = {
    setPermissionRequestHandler: vi.fn<Session['setPermissionRequestHandler']>(),
    setPermissionCheckHandler: vi.fn<Session['setPermissionCheckHandler']>(),
    setDevicePermissionHandler: vi.fn<Session['setDevicePermissionHandler']>(),
    webRequest: { onBeforeRequest: vi.fn<(filter: { urls: string[] }, listener: Listener) => void>() },
  };
  denyEverything(session as unknown as Session);
  return session;
}
type Listener = (details: unknown, callback: (response: { cancel?: boolean }) => void) => void;

test('every permission that is asked for is denied', () => {
  const callback = vi.fn();

  applyPolicy().setPermissionRequestHandler.mock.calls[0]?.[0]?.(null as never, 'media', callback, null as never);

  expect(callback.mock.calls).toEqual([[false]]);
});

test('every permission that is checked is denied, and every device', () => {
  const session = applyPolicy();

  expect(session.setPermissionCheckHandler.mock.calls[0]?.[0]?.(null, 'clipboard-read', '', null as never)).toBe(false);
  expect(session.setDevicePermissionHandler.mock.calls[0]?.[0]?.(null as never)).toBe(false);
});

test('requests to the network and to files are cancelled, those of the page’s scheme are not looked at', () => {
  const [filter, listener] = applyPolicy().webRequest.onBeforeRequest.mock.calls[0] ?? [];
  const callback = vi.fn();

  listener?.({}, callback);

  expect(callback.mock.calls).toEqual([[{ cancel: true }]]);
  expect(filter?.urls.map((url) => url.split('://')[0])).toEqual(['http', 'https', 'ws', 'wss', 'ftp', 'file']);
});
