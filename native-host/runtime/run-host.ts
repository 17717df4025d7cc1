/**
 * A process that hosts one blocking engine:
 *
 *   parent ── channel ──▶ control thread ── control block ──▶ engine thread ──▶ blocking native call
 *      └─────────────── lane: calls and their answers ────────────▲
 *
 * or one that blocks threads of its own, and is called without waiting for it:
 *
 *   parent ── channel ──▶ control thread ── native calls that return at once ──▶ threads of a CLR ──▶ blocking call
 *
 * The control thread makes no call that can block, so it answers pings, takes cancels and credit and sees the death of
 * the parent at any time. It knows nothing of what the calls are about. Where the launcher has no lane, calls come by the
 * channel too, and the control thread passes them on.
 */
import process from 'node:process';
import type { Worker } from 'node:worker_threads';
import { controlContract } from '../../protocol/contract/host-control.ts';
import type { Port } from '../../protocol/contract/port.ts';
import { serve } from '../../protocol/contract/serve.ts';
import { type AsideError, toWireError } from '../../protocol/errors.ts';
import type { HostedContract, LoadCallModule } from './call-module.ts';
import { ExitCode, endAtOnce, endClosed, endOrderly } from './end-process.ts';
import type { LaneDescriptors } from './engine-lane.ts';
import { divertToEngine } from './engine-requests.ts';
import { createSeat, type EngineSeat, type Seating } from './engine-seat.ts';
import { superviseEngineThread } from './engine-thread-client.ts';
import { foldStdoutIntoStderr } from './fold-stdout.ts';
import { describe, endOnDefects, guardProcess } from './guard-process.ts';
import { createControlHandlers } from './host-control.ts';
import { claimLane, claimParentPort, type ParentPort } from './parent-port.ts';
import { seatHere } from './seat-here.ts';

/** How long a shutdown waits for the engine to come back from its call, below the contract's own limit of 2 s. */
const SHUTDOWN_GRACE_MS = 1_000;

export interface HostOptions<C extends HostedContract> {
  readonly contract: C;
  /** Names the engine to whatever loads it. */
  readonly engine: string;
  /**
   * For an engine that blocks, the thread it sits on: just started, with `stdout: true`; its program calls
   * `serveEngineThread`. For one that never blocks the thread that calls it, what loads it onto the control thread.
   */
  readonly engineThread: Worker | LoadCallModule<C>;
}

/** Runs until the parent asks for the end or is gone. Says `host.ready` when the engine is loaded. */
export async function runHost<C extends HostedContract>(options: HostOptions<C>): Promise<void> {
  const { contract, engine, engineThread } = options;
  const parentPid = process.ppid;
  foldStdoutIntoStderr(typeof engineThread === 'function' ? undefined : engineThread);
  endOnDefects();
  const port = claimParentPort();
  if (!port) endOrderly(ExitCode.usage, 'it has no parent to talk to: hosts are started by Aside, not by hand');
  port.onClose(() => endAtOnce(ExitCode.done, 'its parent is gone'));

  const answers = hushable(port);
  const claimed = claimLane();
  const lane = typeof engineThread === 'function' ? null : claimed; // there is no thread to take it
  const seat = createSeat(takeSeat(options, lane), (envelope) => answers.port.send(envelope));
  const shutDown = () => closeAndEnd(seat, port);
  const handlers = createControlHandlers({ calls: () => seat.block.answered, shutDown });
  const server = serve(controlContract, divertToEngine(contract, answers.port, seat), handlers, endAtNonsense);
  process.on('SIGTERM', () => {
    // Nobody cancelled what runs here: left unanswered, it fails by this exit, and is tried again on another host.
    answers.hush();
    seat.block.hush();
    void shutDown();
  });
  process.on('SIGINT', () => {}); // Ctrl-C reaches the whole process group; the parent decides what becomes of its hosts

  try {
    guardProcess(port, parentPid); // while the engine is loaded
    await seat.loaded;
  } catch (error) {
    server.emit('host.failed', { error: toWireError(error) });
    await port.flush();
    endOrderly(ExitCode.done);
  }
  server.emit('host.ready', {
    contract: contract.name,
    version: contract.version,
    engine,
    ...(lane && { hasLane: true }),
  });
}

function takeSeat<C extends HostedContract>(options: HostOptions<C>, lane: LaneDescriptors | null): Seating {
  const { contract, engine, engineThread } = options;
  if (typeof engineThread === 'function') return seatHere(contract, engineThread, engine);
  return superviseEngineThread(engineThread, {
    engine,
    lane,
    onMalformed: endAtNonsense,
    onDeath: (why) => endAtOnce(ExitCode.engineThreadDied, `its engine thread died: ${describe(why)}`),
  });
}

function endAtNonsense(error: AsideError): never {
  endAtOnce(ExitCode.protocol, `its parent sent a malformed message: ${error.message}`);
}

/** The same port, until `hush`: from then on it says nothing more. */
function hushable(port: ParentPort): { readonly port: Port; hush(): void } {
  let isHushed = false;
  return {
    port: { ...port, send: (message) => !isHushed && port.send(message) },
    hush: () => {
      isHushed = true;
    },
  };
}

async function closeAndEnd(seat: EngineSeat, port: ParentPort): Promise<void> {
  const overdue = setTimeout(
    () => endAtOnce(ExitCode.engineStuck, `its engine did not stop within ${SHUTDOWN_GRACE_MS} ms`),
    SHUTDOWN_GRACE_MS,
  );
  await seat.close();
  clearTimeout(overdue);
  // The answer to the shutdown goes out first.
  setImmediate(() => void port.flush().then(endClosed));
}
