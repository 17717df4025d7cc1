import { cancelled } from '../../protocol/contract/call.ts';
import { checkerOf, checkMessage } from '../../protocol/contract/check-message.ts';
import { ChunkParams } from '../../protocol/contract/chunk.ts';
import { EngineEnvelope, type ServerEnvelope } from '../../protocol/contract/envelope.ts';
import { specOf } from '../../protocol/contract/serve.ts';
import { toWireError } from '../../protocol/errors.ts';
import type { CallModule, EngineCall, HostedContract } from './call-module.ts';
import { ControlBlock } from './control-block.ts';
import { runChunk } from './run-chunk.ts';

/** Takes an answer to where its request came from. Throws for what cannot be cloned. */
export type Reply = (envelope: ServerEnvelope, transfer?: readonly ArrayBuffer[]) => void;

export type EngineHandlers = Readonly<Record<string, (params: unknown, call: EngineCall<unknown>) => unknown>>;

/** What is done with requests for the engine, whichever way they come: one runs, the others wait in their order. */
export interface EngineCalls {
  /** From now on calls run, also those that came before. */
  open(block: ControlBlock, handlers: EngineHandlers): void;
  /** Throws `contract` when it is no request at all. */
  receive(message: unknown, reply: Reply): void;
  /** Runs `close` as soon as no call does. What waits then is never answered. */
  closeWith(close: () => void): void;
}

/** Requests are checked against the very contract that the handlers are typed by. */
export function handlersOf<C extends HostedContract>(module: CallModule<C>): EngineHandlers {
  return module.handlers as unknown as EngineHandlers;
}

function answer(
  { method, params, isChunk }: EngineEnvelope,
  contract: HostedContract,
  handlers: EngineHandlers,
  call: EngineCall<unknown>,
  letGoEveryMs: number | null,
): unknown {
  const check = checkerOf(specOf(contract, method).params, 'params');
  const callOne = (one: unknown): unknown => handlers[method]?.(check(one), call);
  if (!isChunk) return callOne(params);
  const chunk = checkMessage(ChunkParams, params, 'params');
  return runChunk({ method, params: chunk, control: call.control, callOne, onGroup: call.progress, letGoEveryMs });
}

interface Job {
  readonly request: EngineEnvelope;
  readonly reply: Reply;
}

/** @param letGoEveryMs how long a chunk of calls may keep the thread; null: it is the engine's own, and may be kept */
export function createEngineCalls(contract: HostedContract, letGoEveryMs: number | null): EngineCalls {
  const waiting: Job[] = [];
  let block = new ControlBlock();
  let handlers: EngineHandlers = {};
  let isFree = false;
  let closing: (() => Promise<void>) | undefined;

  function work(): void {
    while (isFree) {
      const next = closing ?? waiting.shift();
      if (!next) return;
      isFree = false;
      const pending = typeof next === 'function' ? next() : run(next);
      if (pending) void pending.then(free);
      else isFree = true;
    }
  }
  const free = (): void => {
    isFree = true;
    work();
  };

  /** Returns nothing when it is done already: a handler that waits for nothing costs no turn of the loop. */
  function run({ request, reply }: Job): Promise<void> | undefined {
    const { id, method } = request;
    const control = block.call(id);
    const fail = (error: unknown): void =>
      reply({ kind: 'error', id, error: toWireError(control.isAborted ? cancelled(method) : error) });
    const finish = (send: () => void): void => {
      block.finished();
      try {
        if (control.isAborted) throw cancelled(method);
        send();
      } catch (error) {
        fail(error);
      }
    };
    const call: EngineCall<unknown> = {
      control,
      progress: (item, transfer) => reply({ kind: 'progress', id, item }, transfer),
      starved: () => reply({ kind: 'starved', id }),
    };
    const succeed = (result: unknown): void => finish(() => reply({ kind: 'result', id, result }));
    const giveUp = (error: unknown): void => finish(() => fail(error));

    block.began(id);
    try {
      if (control.isAborted) throw cancelled(method);
      const result = answer(request, contract, handlers, call, letGoEveryMs);
      if (result instanceof Promise) return result.then(succeed, giveUp);
      succeed(result);
    } catch (error) {
      giveUp(error);
    }
  }

  return {
    open: (openedBlock, openedHandlers) => {
      block = openedBlock;
      handlers = openedHandlers;
      free();
    },
    receive: (message, reply) => {
      waiting.push({ request: checkMessage(EngineEnvelope, message, 'message'), reply });
      work();
    },
    closeWith: (close) => {
      closing = () => {
        close();
        return new Promise(() => {}); // after it nothing runs
      };
      work();
    },
  };
}
