import type { Readable, Writable } from 'node:stream';
import { encodeMessage } from '../../lane/encode-message.ts';
import { createMessageReader, type MessageReader } from '../../lane/message-reader.ts';
import type { CallerEnvelope, ServerEnvelope } from '../../protocol/contract/envelope.ts';
import type { BeginEnvelope, ParamsAhead } from '../../protocol/contract/params-ahead.ts';
import type { Port } from '../../protocol/contract/port.ts';
import { isAsideError } from '../../protocol/errors.ts';
import { createChildPort } from './child-port.ts';
import { type ByteTaker, readPipe } from './read-pipe.ts';

export interface HostLane {
  readonly port: Port;
  /** Ends when the host has said its last. */
  readonly incoming: Readable;
}

/**
 * The straight way from main to the engine thread of a host and back, past its control thread: two pipes beside the
 * channel. A call that takes it wakes one thread in each direction instead of two, and large binary is not copied on it.
 */
export function createLane(toHost: Writable, fromHost: Readable): HostLane {
  const lane = createChildPort({
    post: (message) => {
      const pieces = encodeMessage(message);
      toHost.cork();
      for (const piece of pieces) toHost.write(piece);
      toHost.uncork();
    },
    disconnect: () => {
      toHost.destroy();
      incoming.destroy();
    },
  });
  const reader = untilNonsense(createMessageReader(lane.receive), (error) => {
    lane.receive(`nonsense on the lane: ${gotOf(error)}`); // no contract takes that for a message: the host ends
  });
  const incoming = readPipe(fromHost, reader);
  toHost.on('error', () => {}); // as when reading, the exit tells
  return { port: lane.port, incoming };
}

const NOWHERE_BYTES = 64 * 1024;

/** Reads on after nonsense, since what is not read has no end, but to no purpose. */
function untilNonsense(reader: MessageReader, onNonsense: (error: unknown) => void): ByteTaker {
  let nowhere: Uint8Array | null = null;
  const unlessLost = (read: () => void): void => {
    if (nowhere) return;
    try {
      read();
    } catch (error) {
      nowhere = new Uint8Array(NOWHERE_BYTES);
      onNonsense(error);
    }
  };
  return {
    room: () => nowhere ?? reader.room(),
    filled: (byteCount) => unlessLost(() => reader.filled(byteCount)),
    push: (bytes) => unlessLost(() => reader.push(bytes)),
  };
}

function gotOf(error: unknown): string {
  return isAsideError(error, 'contract') ? error.details.got : String(error);
}

/** A port that can take the parameters of a call before the call. */
export interface JoinedLane extends Port {
  /**
   * While a call is on the lane: sends what the next one is likely to take. If it does, only its beginning has to be sent;
   * if not, they have gone for nothing. Once for each call on the lane, so that what nobody reads does not pile up.
   */
  sendAhead(params: unknown): void;
  /** While no call is on the lane: what was sent ahead goes for nothing, and neither side keeps it. */
  forgetAhead(): void;
}

/** As if they were the parameters of nobody. */
const NOTHING = { params: Symbol('nothing') };

/**
 * A host's channel and its lane as one port: the one call that a host answers goes by the lane, everything else by the
 * channel, so also what a host is to refuse because it has a call already.
 */
export function joinLane(channel: Port, lane: Port): JoinedLane {
  let idOnLane: number | null = null;
  let ahead: { readonly params: unknown } | null = null;
  return {
    ...channel,
    sendAhead: (params) => {
      if (idOnLane === null || ahead) return;
      ahead = { params };
      try {
        lane.send({ kind: 'ahead', params } satisfies ParamsAhead);
      } catch {
        ahead = NOTHING; // that it cannot be sent is told to its caller when it is its turn
      }
    },
    forgetAhead: () => {
      if (idOnLane !== null || !ahead) return;
      if (ahead !== NOTHING) lane.send({ kind: 'ahead', params: null } satisfies ParamsAhead); // takes their place
      ahead = null;
    },
    send: (message) => {
      const envelope = message as CallerEnvelope;
      if (idOnLane !== null || !isForEngine(envelope)) {
        channel.send(message);
        return;
      }
      const isAhead = ahead?.params === envelope.params;
      ahead = null;
      lane.send(isAhead ? beginOf(envelope) : message);
      idOnLane = envelope.id;
    },
    onMessage: (listener) => {
      channel.onMessage(listener);
      lane.onMessage((message) => {
        if (isLastOf(message as ServerEnvelope, idOnLane)) idOnLane = null;
        listener(message);
      });
    },
  };
}

type Request = Extract<CallerEnvelope, { kind: 'request' }>;

function beginOf({ params, ...request }: Request): BeginEnvelope {
  return { ...request, kind: 'begin' };
}

function isForEngine(envelope: CallerEnvelope): envelope is Request {
  return envelope.kind === 'request' && !envelope.method.startsWith('host.');
}

/** Looked at before it is checked: whatever it is, the listener checks it next. */
function isLastOf(envelope: ServerEnvelope, id: number | null): boolean {
  return (envelope?.kind === 'result' || envelope?.kind === 'error') && envelope.id === id;
}
