/** The page's own scheme: unlike `file:` it has an origin of its own, and headers. */
export const PAGE_SCHEME = 'app';
const PAGE_HOST = 'aside';
export const PAGE_URL = `${PAGE_SCHEME}://${PAGE_HOST}/`;

/** Whether `url` lies on the page's origin. */
export function isOwnOrigin(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username } = new URL(url);
  return protocol === `${PAGE_SCHEME}:` && host === PAGE_HOST && username === '';
}
