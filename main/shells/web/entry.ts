import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export const ENTRY_PREFIX = '/open/';

/**
 * How a browser gets in. The address that Aside opens holds a token; the first request with it gets a cookie, and the
 * token is spent, so what stays in a history or a terminal's scroll-back opens nothing. The cookie then admits every
 * page of that browser until the shell closes.
 */
export interface Entry {
  /** The path to open, with the token. */
  readonly path: string;
  /** The `Set-Cookie` value for a right and unspent token, which it spends; else null. */
  exchange(token: string): string | null;
  /** Whether a request's `Cookie` header holds the session. */
  admits(cookieHeader: string | undefined): boolean;
}

/** `port` is part of the cookie's name: cookies do not keep to a port, and a second Aside may run beside this one. */
export function createEntry(port: number): Entry {
  const token = createSecret();
  const session = createSecret();
  const cookieName = `aside-session-${port}`;
  let isSpent = false;
  return {
    path: `${ENTRY_PREFIX}${token}`,
    exchange: (offered) => {
      const isRight = isSameSecret(offered, token);
      if (!isRight || isSpent) return null;
      isSpent = true;
      return `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`;
    },
    admits: (cookieHeader) => cookieValues(cookieHeader, cookieName).some((value) => isSameSecret(value, session)),
  };
}

function createSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares in a time that tells nothing about how much of it is right, or how long it is. */
function isSameSecret(offered: string, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(offered), digest(secret));
}

/** All values of that name: a server on another port of this machine can add cookies of any name to ours. */
function cookieValues(header: string | undefined, name: string): string[] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}
