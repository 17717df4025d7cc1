import type { CallModule, HostedContract, LoadCallModule } from './call-module.ts';
import { ControlBlock } from './control-block.ts';
import { createEngineCalls, handlersOf } from './engine-calls.ts';
import type { Seating } from './engine-seat.ts';

/** Pings and cancels wait no longer than so for many small calls. */
const LET_GO_EVERY_MS = 5;

/**
 * A seat on the control thread itself, for engines whose blocking calls sit on threads of their own that JavaScript
 * knows nothing of, such as those of a CLR. Its handlers must not block: they wait with promises, so that pings and
 * cancels get their turn.
 */
export function seatHere<C extends HostedContract>(contract: C, load: LoadCallModule<C>, engine: string): Seating {
  const block = new ControlBlock();
  const calls = createEngineCalls(contract, LET_GO_EVERY_MS);
  let module: CallModule<C> | undefined;

  async function open(): Promise<void> {
    try {
      module = await load(engine);
    } finally {
      calls.open(block, module ? handlersOf(module) : {});
    }
  }

  return {
    loaded: open(),
    block,
    run: (request, reply) => calls.receive(request, reply),
    close: async () => {
      await new Promise<void>((resolve) => calls.closeWith(resolve));
      await module?.close();
    },
  };
}
