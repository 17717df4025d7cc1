import { expect, test } from 'vitest';
import { type SenderFrame, senderRefusal } from '../../../../../main/shells/electron/trusted-sender.ts';

const mainFrame = { frameTreeNodeId: 1 };
const ownPage: SenderFrame = { url: 'app://aside/', frameTreeNodeId: 1, parent: null, detached: false };

test.each(['app://aside/', 'app://aside/index.html', 'app://aside/?x#y'])('trusts the main frame at %s', (url) => {
  expect(senderRefusal({ ...ownPage, url }, mainFrame)).toBeNull();
});

test.each([
  'app://aside.example/',
  'app://other/',
  'app://aside:1/',
  'app://user@aside/',
  'https://aside/',
  'file:///aside/',
  'data:text/html,app://aside/',
  'about:blank',
  'chrome-error://chromewebdata/',
  'app:aside',
  '',
])('does not trust the main frame at %s', (url) => {
  expect(senderRefusal({ ...ownPage, url }, mainFrame)).toContain(JSON.stringify(url));
});

test('does not trust a frame inside the page, whatever its address', () => {
  const inner = { ...ownPage, frameTreeNodeId: 2, parent: {} as SenderFrame['parent'] };

  expect(senderRefusal(inner, mainFrame)).toBe('it is not the main frame');
});

test('does not trust the main frame of another window', () => {
  expect(senderRefusal({ ...ownPage, frameTreeNodeId: 7 }, mainFrame)).toBe('it is not the main frame');
});

test('does not trust a frame that is gone', () => {
  expect(senderRefusal(null, mainFrame)).toBe('its frame is gone');
});

test('does not trust a page that has been left and is still unloading', () => {
  expect(senderRefusal({ ...ownPage, detached: true }, mainFrame)).toBe('its page has been left');
});
