import type { WebContents } from 'electron';
import type { Log } from '../../logging/log.ts';
import { PAGE_URL } from './page-address.ts';

/** Whether a window may go to `url`: to the page that it shows already, which is a reload, and nowhere else. */
export function mayNavigate(url: string): boolean {
  return url === PAGE_URL;
}

/**
 * Keeps a window on its page: no other address, no new windows, no web views. Nothing in Aside links to the web; who
 * adds a link has it opened by `shell.openExternal` from here, and lists its address.
 */
export function confineToPage(contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>, log: Log): void {
  const confine = (event: { readonly url: string; preventDefault(): void }): void => {
    if (mayNavigate(event.url)) return;
    event.preventDefault();
    log.warn('a navigation was denied', { url: event.url.slice(0, 200) });
  };
  contents.on('will-navigate', confine);
  contents.on('will-frame-navigate', confine);
  contents.on('will-redirect', confine);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    log.warn('a web view was denied');
  });
  contents.setWindowOpenHandler(({ url }) => {
    log.warn('a new window was denied', { url: url.slice(0, 200) });
    return { action: 'deny' };
  });
}
