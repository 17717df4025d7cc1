/**
 * A process that hosts one blocking engine:
 *
 *   parent ── contract ──▶ control thread ── messages, control block ──▶ engine thread ──▶ blocking native call
 *
 * or one that blocks threads of its own, and is called without waiting for it:
 *
 *   parent ── contract ──▶ control thread ── native calls that return at once ──▶ threads of a CLR ──▶ blocking call
 *
 * The control thread makes no call that can block, so it answers pings, takes cancels and credit and sees the death of
 * the parent at any time. It knows nothing of what the calls are about.
 */
import process from 'node:process';
import type { Worker } from 'node:worker_threads';
import type { Port } from '../../protocol/contract/port.ts';
import { type CallContext, type Handlers, serve } from '../../protocol/contract/serve.ts';
import { toWireError } from '../../protocol/errors.ts';
import type { HostedContract, LoadCallModule } from './call-module.ts';
import { ExitCode, endAtOnce, endOrderly } from './end-process.ts';
import type { EngineSeat } from './engine-seat.ts';
import { superviseEngineThread } from './engine-thread-client.ts';
import { foldStdoutIntoStderr } from './fold-stdout.ts';
import { describe, endOnDefects, guardProcess } from './guard-process.ts';
import { createControlHandlers } from './host-control.ts';
import { claimParentPort, type ParentPort } from './parent-port.ts';
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

  const seat = takeSeat(options);
  const shutDown = () => closeAndEnd(seat, port);
  const handlers: Handlers<HostedContract> = {
    ...forwardAll(contract, seat),
    ...createControlHandlers({ calls: () => seat.answered, shutDown }),
  };
  const answers = hushable(port);
  const server = serve<HostedContract>(contract, answers.port, handlers, (error) =>
    endAtOnce(ExitCode.protocol, `its parent sent a malformed message: ${error.message}`),
  );
  process.on('SIGTERM', () => {
    // Nobody cancelled what runs here: left unanswered, it fails by this exit, and is tried again on another host.
    answers.hush();
    void shutDown();
  });
  process.on('SIGINT', () => {}); // Ctrl-C reaches the whole process group; the parent decides what becomes of its hosts

  try {
    await Promise.all([seat.loaded, guardProcess(port, parentPid)]);
  } catch (error) {
    server.emit('host.failed', { error: toWireError(error) });
    await port.flush();
    endOrderly(ExitCode.done);
  }
  server.emit('host.ready', { contract: contract.name, version: contract.version, engine });
}

function takeSeat<C extends HostedContract>({ engine, engineThread }: HostOptions<C>): EngineSeat {
  if (typeof engineThread === 'function') return seatHere(engineThread, engine);
  return superviseEngineThread(engineThread, engine, (why) =>
    endAtOnce(ExitCode.engineThreadDied, `its engine thread died: ${describe(why)}`),
  );
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

type EngineHandler = (params: unknown, context: CallContext<unknown>) => Promise<unknown>;

function forwardAll(contract: HostedContract, seat: EngineSeat): Record<string, EngineHandler> {
  const methods = Object.keys(contract.requests);
  const forward = (method: string): EngineHandler => {
    return (params, context) => seat.call(method, params, context);
  };
  return Object.fromEntries(methods.map((method) => [method, forward(method)]));
}

async function closeAndEnd(seat: EngineSeat, port: ParentPort): Promise<void> {
  const overdue = setTimeout(
    () => endAtOnce(ExitCode.engineStuck, `its engine did not stop within ${SHUTDOWN_GRACE_MS} ms`),
    SHUTDOWN_GRACE_MS,
  );
  await seat.close();
  clearTimeout(overdue);
  // The answer to the shutdown goes out first.
  setImmediate(() => void port.flush().then(() => endOrderly(ExitCode.done)));
}
