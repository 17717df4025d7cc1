import process from 'node:process';
import type { Port } from '../../protocol/contract/port.ts';
import { AsideError } from '../../protocol/errors.ts';
import type { LaneDescriptors } from './engine-lane.ts';

/** The parent's end of the wire, seen from the child. */
export interface ParentPort extends Port {
  /** True where what started this process also ends it when the parent is gone. */
  readonly endsWithParent: boolean;
  /** Resolves when what was sent so far has left this process, after `limitMs` (default: `FLUSH_MS`) at the latest. */
  flush(limitMs?: number): Promise<void>;
}

/** What Electron's utility process offers in place of `process.send`. */
interface UtilityParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** Electron tells nobody when a posted message has left; this long before an exit is ample for one message. */
const FLUSH_MS = 100;

/**
 * Takes the channel to the parent for the caller alone: no other code in this process can write to it afterwards.
 * Returns undefined when there is none, because the program was not started by Aside.
 */
export function claimParentPort(): ParentPort | undefined {
  const utility = (process as { parentPort?: UtilityParentPort }).parentPort;
  if (utility) return utilityPort(utility);
  return process.send && process.connected ? ipcPort(process.send.bind(process)) : undefined;
}

/**
 * Takes the lane that the launcher opened beside the channel; null when there is none. It is for this process alone, so
 * children of it hear nothing of it.
 */
export function claimLane(): LaneDescriptors | null {
  const descriptors = process.env.ASIDE_LANE?.split(',').map(Number);
  delete process.env.ASIDE_LANE;
  const [fromMain, toMain] = descriptors ?? [];
  return fromMain === undefined || toMain === undefined ? null : { fromMain, toMain };
}

function ipcPort(send: NonNullable<typeof process.send>): ParentPort {
  const mailbox = createMailbox();
  let lastSent = Promise.resolve();
  let why: AsideError | undefined;
  delete process.send;
  process.on('message', mailbox.receive);
  const closed = new Promise<AsideError>((resolve) => {
    process.once('disconnect', () => resolve(why ?? parentGone()));
  });
  return {
    endsWithParent: false,
    send: (message) => {
      lastSent = new Promise((resolve) => {
        // A write that fails has lost its parent, and `disconnect` says so.
        send(message, undefined, undefined, () => resolve());
      });
    },
    onMessage: mailbox.setListener,
    onClose: (listener) => void closed.then(listener),
    close: (reason) => {
      why ??= reason;
      if (process.connected) process.disconnect();
    },
    flush: (limitMs = FLUSH_MS) => Promise.race([lastSent, after(limitMs)]),
  };
}

function utilityPort(port: UtilityParentPort): ParentPort {
  const mailbox = createMailbox();
  port.on('message', ({ data }) => mailbox.receive(data));
  return {
    endsWithParent: true,
    send: (message) => port.postMessage(message),
    onMessage: mailbox.setListener,
    onClose: () => {}, // Electron ends the process instead
    close: () => {}, // and has no way to close the channel alone
    flush: (limitMs = FLUSH_MS) => after(limitMs),
  };
}

/** Keeps messages that come before there is a listener. */
function createMailbox() {
  const early: unknown[] = [];
  let listener: ((message: unknown) => void) | undefined;
  return {
    receive: (message: unknown): void => {
      if (listener) listener(message);
      else early.push(message);
    },
    setListener: (next: (message: unknown) => void): void => {
      listener = next;
      for (const message of early.splice(0)) next(message);
    },
  };
}

function after(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs);
  });
}

function parentGone(): AsideError {
  return new AsideError('disconnected', 'the process that started this host is gone', { details: {} });
}
