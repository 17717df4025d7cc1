import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { cleanUpLater } from '../harness/cleanup.ts';
import { type Contender, KILL, type KillOutcome } from './contender.ts';

/** The working directory is the root of the checkout. */
const PEER_PATH = 'test/bench/pool/peer.py';

type Ask = <Answer>(question: string, ...args: unknown[]) => Promise<Answer>;

interface Peer {
  readonly ask: Ask;
  /** Kills it with all that it has started: a pool that has lost a worker may never come to an end by itself. */
  end(): Promise<void>;
}

/** Python's `multiprocessing`, with one of its ways to start processes. It measures itself, with its own clock. */
export async function createPythonContender(method: 'fork' | 'spawn'): Promise<Contender & { version: string }> {
  const peer = await startPeer(method);
  const { ask } = peer;
  const waitSeconds = KILL.waitMs / 1000;
  return {
    name: `python-${method}`,
    version: await ask<string>('version'),
    mapCount: 1_000_000,
    roundTrips: (count) => ask<number[]>('round_trips', count),
    map: async (payload, hosts, count) => 1000 * (await ask<number>('map', payload, hosts, count)),
    echoes: (byteCount, count) => ask<number[]>('echoes', byteCount, count),
    start: () => ask<number>('start'),
    kill: () => askOnce<KillOutcome>(method, 'kill', KILL.calls, KILL.workMs, KILL.killAfter, waitSeconds),
    nextAfterKill: () => askOnce<number | null>(method, 'next_after_kill', waitSeconds),
    close: () => peer.end(),
  };
}

async function askOnce<Answer>(method: string, question: string, ...args: unknown[]): Promise<Answer> {
  const peer = await startPeer(method);
  try {
    return await peer.ask<Answer>(question, ...args);
  } finally {
    await peer.end();
  }
}

async function startPeer(method: string): Promise<Peer> {
  const child = spawn('python3', [PEER_PATH, method], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  await once(child, 'spawn').catch((cause: Error) => {
    throw missing(cause);
  });
  const exited = once(child, 'exit');
  const kill = cleanUpLater(() => process.kill(-(child.pid as number), 'SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async <Answer>(question: string, ...args: unknown[]) => {
      child.stdin.write(`${JSON.stringify({ do: question, args })}\n`);
      const { value } = await lines.next();
      if (value === undefined) throw new Error(`${PEER_PATH} ended while it was asked for ${question}`);
      return JSON.parse(value) as Answer;
    },
    end: async () => {
      kill();
      await exited;
    },
  };
}

function missing(cause: Error): Error {
  return new Error(
    `python3, which the numbers are compared with, could not be run (${cause.message}). ` +
      'Install it: on Debian, apt-get install python3',
    { cause },
  );
}
