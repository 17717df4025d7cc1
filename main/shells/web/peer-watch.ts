import type { WebSocket } from 'ws';
import type { Timers } from '../../../protocol/contract/deadlines.ts';

export const PING_INTERVAL_MS = 20_000;

/**
 * How many pings in a row may go unanswered. One is not enough: when the machine wakes from sleep the timer is due
 * before the answer to a ping sent ahead of the sleep has been read.
 */
const MAX_UNANSWERED = 2;

/** Pings the other end and cuts a connection that has gone silent, until it closes. Browsers answer pings by themselves. */
export function watchPeer(socket: WebSocket, timers: Timers): void {
  let unanswered = 0;
  let timer: unknown;
  const schedule = (): void => {
    timer = timers.set(beat, PING_INTERVAL_MS);
  };
  const beat = (): void => {
    if (unanswered >= MAX_UNANSWERED) {
      socket.terminate();
      return;
    }
    unanswered += 1;
    socket.ping(() => {}); // a failed ping is followed by 'close'
    schedule();
  };
  const onSign = (): void => {
    unanswered = 0;
  };
  socket.on('pong', onSign);
  socket.on('message', onSign);
  socket.on('close', () => timers.clear(timer));
  schedule();
}
