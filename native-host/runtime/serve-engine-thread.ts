import process from 'node:process';
import { parentPort, type Transferable } from 'node:worker_threads';
import { AsideError, toWireError } from '../../protocol/errors.ts';
import type { CallModule, HostedContract, LoadCallModule } from './call-module.ts';
import { ControlBlock } from './control-block.ts';
import { createEngineCalls, handlersOf, type Reply } from './engine-calls.ts';
import { type EngineLane, type LaneDescriptors, openEngineLane } from './engine-lane.ts';
import { takeParamsAhead } from './params-ahead.ts';
import type { FromEngineThread, ToEngineThread } from './thread-messages.ts';
import { warmUp } from './warm-up.ts';

type Load = Extract<ToEngineThread, { kind: 'load' }>;

/**
 * The whole of the engine thread: loads the engine it is told to, then answers the requests of `contract` one at a time
 * until it is to close. They come straight from main by the lane where there is one, else through the control thread.
 */
export function serveEngineThread<C extends HostedContract>(contract: C, load: LoadCallModule<C>): void {
  const port = parentPort;
  if (!port) throw new AsideError('internal', 'an engine thread runs as a thread of its host only', { details: {} });
  delete process.env.ASIDE_LANE; // this thread's copy: it is not for children either
  const calls = createEngineCalls(contract, null);
  let module: CallModule<C> | undefined;
  let lane: EngineLane | undefined;

  const post = (message: FromEngineThread, transfer: readonly Transferable[] = []): void =>
    port.postMessage(message, transfer);
  const relayed: Reply = (envelope, transfer) => post({ kind: 'relay', envelope }, transfer);

  function openLane(descriptors: LaneDescriptors, block: ControlBlock): EngineLane {
    const reply: Reply = (envelope) => !block.isHushed && opened.send(envelope);
    const opened = openEngineLane(
      descriptors,
      takeParamsAhead((request) => calls.receive(request, reply)),
      (error) => post({ kind: 'malformed', error: toWireError(error) }),
    );
    return opened;
  }

  async function start({ engine, block: shared, lane: descriptors }: Load): Promise<void> {
    const block = new ControlBlock(shared);
    try {
      module = await load(engine);
      post({ kind: 'loaded' });
    } catch (error) {
      post({ kind: 'load-failed', error: toWireError(error) });
    }
    // While main hears that it is ready. What it sends meanwhile waits in the pipe.
    if (descriptors) lane = openLane(descriptors, block);
    if (module) warmUp(contract);
    calls.open(block, module ? handlersOf(module) : {});
  }

  async function close(): Promise<void> {
    await module?.close();
    lane?.close();
    post({ kind: 'closed' });
    port?.close();
  }

  // A rejection that nobody handles ends the thread, and with it the host, in Electron too (which would only print it).
  process.on('unhandledRejection', (reason) => {
    throw reason;
  });
  port.on('message', (message: ToEngineThread) => {
    if (message.kind === 'load') void start(message);
    if (message.kind === 'relay') calls.receive(message.request, relayed);
    if (message.kind === 'close') calls.closeWith(() => void close());
  });
}
