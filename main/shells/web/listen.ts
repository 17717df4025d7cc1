import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDeferred } from '../../../protocol/contract/deferred.ts';
import { AsideError } from '../../../protocol/errors.ts';

/** This machine only: no other computer can connect, whatever its firewall says. */
export const LOOPBACK = '127.0.0.1';

/** Starts listening on `port` of 127.0.0.1 (0: any free one) and resolves with the port. Rejects with `refused`. */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  const listening = createDeferred<void>();
  server.once('error', listening.reject);
  server.listen({ host: LOOPBACK, port, exclusive: true }, listening.resolve);
  try {
    await listening.promise;
  } catch (cause) {
    throw portError(port, cause);
  } finally {
    server.off('error', listening.reject);
  }
  return (server.address() as AddressInfo).port;
}

function portError(port: number, cause: unknown): AsideError<'refused'> {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
  const what: Readonly<Record<string, string>> = {
    EADDRINUSE: 'another program uses it, perhaps a second Aside',
    EACCES: 'this user may not use it',
  };
  return new AsideError('refused', `Port ${port} of ${LOOPBACK} cannot be used: ${what[code] ?? code}`, {
    details: { reason: code },
    remedy: 'Choose another port with --port, or leave it out to have a free one chosen.',
    cause,
  });
}
