import type { CallModule, HostedContract, LoadCallModule } from './call-module.ts';
import { createSeat, type EngineSeat } from './engine-seat.ts';
import { runCall } from './run-call.ts';

/**
 * A seat on the control thread itself, for engines whose blocking calls sit on threads of their own that JavaScript
 * knows nothing of, such as those of a CLR. Its handlers must not block: they wait with promises, so that pings and
 * cancels get their turn.
 */
export function seatHere<C extends HostedContract>(load: LoadCallModule<C>, engine: string): EngineSeat {
  const loading: Promise<CallModule<C>> = load(engine);
  return createSeat({
    loaded: loading.then(() => {}),
    run: async (method, params, control, context) =>
      runCall(await loading, method, params, {
        control,
        progress: (item) => context.progress(item),
        starved: () => context.starved(),
      }),
    close: async () => {
      // A module that could not be loaded has nothing to close; `loaded` has told why.
      const module = await loading.catch(() => undefined);
      await module?.close();
    },
  });
}
