import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { createLog } from '../../../../../main/logging/log.ts';
import { confineToPage, mayNavigate } from '../../../../../main/shells/electron/navigation-policy.ts';

type OpenHandler = (details: { url: string }) => { action: string };

function confine() {
  let openHandler: OpenHandler | undefined;
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: OpenHandler) => {
      openHandler = handler;
    },
  });
  confineToPage(
    contents as unknown as Parameters<typeof confineToPage>[0],
    createLog({ write: () => {}, level: 'error' }),
  );
  return { contents, open: (url: string) => openHandler?.({ url }) };
}

test('a reload of the page is the only navigation', () => {
  expect(mayNavigate('app://aside/')).toBe(true);
});

test.each([
  'https://example.com/',
  'http://127.0.0.1/',
  'file:///etc/passwd',
  'app://aside/other.html',
  'app://aside/?x',
  'app://other/',
  'javascript:alert(1)',
  'data:text/html,x',
  'about:blank',
  '',
])('%s is no place to go', (url) => {
  expect(mayNavigate(url)).toBe(false);
});

test.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('%s away from the page is stopped', (event) => {
  const { contents } = confine();
  const preventDefault = vi.fn();

  contents.emit(event, { url: 'https://example.com/', preventDefault });

  expect(preventDefault).toHaveBeenCalledOnce();
});

test('a reload is let through', () => {
  const { contents } = confine();
  const preventDefault = vi.fn();

  contents.emit('will-navigate', { url: 'app://aside/', preventDefault });

  expect(preventDefault).not.toHaveBeenCalled();
});

test('a web view is stopped', () => {
  const { contents } = confine();
  const preventDefault = vi.fn();

  contents.emit('will-attach-webview', { preventDefault });

  expect(preventDefault).toHaveBeenCalledOnce();
});

test.each(['https://example.com/', 'app://aside/'])('a new window for %s is denied', (url) => {
  expect(confine().open(url)).toEqual({ action: 'deny' });
});
