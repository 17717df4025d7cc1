import type { Contract, Method, ParsedParams, Progress, Result } from '../../protocol/contract/define-contract.ts';
import type { hostControlEvents, hostControlRequests } from '../../protocol/contract/host-control.ts';
import type { CallControl } from './control-block.ts';

type ControlRequests = typeof hostControlRequests;

/** A contract whose control requests and events are those that the runtime answers. */
export type HostedContract = Contract & { requests: ControlRequests; events: typeof hostControlEvents };

/** The requests of a contract that go to the engine thread. */
export type EngineMethod<C extends Contract> = Exclude<Method<C>, keyof ControlRequests>;

/** What a handler knows of its call besides the parameters. */
export interface EngineCall<Item> {
  readonly control: CallControl;
  /** Buffers in `transfer` are handed over: they may be empty here afterwards. */
  progress(item: Item, transfer?: readonly ArrayBuffer[]): void;
  /** Says that this call waits for credit. */
  starved(): void;
}

/**
 * One handler for each request that is not the runtime's own; one runs at a time. On the engine thread a handler may
 * block for as long as it likes. On the control thread (`seat-here.ts`) none may.
 */
export interface CallModule<C extends HostedContract> {
  readonly handlers: {
    readonly [M in EngineMethod<C>]: (
      params: ParsedParams<C, M>,
      call: EngineCall<Progress<C, M>>,
    ) => Result<C, M> | Promise<Result<C, M>>;
  };
  /** Frees native resources. Nothing is called after it. */
  close(): void | Promise<void>;
}

/** Loads the engine by its name and wraps it. Throws where it cannot run. */
export type LoadCallModule<C extends HostedContract> = (engine: string) => Promise<CallModule<C>>;
