import type { Call, CallOptions } from '../../protocol/contract/call.ts';
import { type Client, connect } from '../../protocol/contract/connect.ts';
import { systemTimers, type Timers } from '../../protocol/contract/deadlines.ts';
import { createDeferred, type Deferred } from '../../protocol/contract/deferred.ts';
import type { Contract, Method, Params, Progress, Result } from '../../protocol/contract/define-contract.ts';
import type { hostControlEvents, hostControlRequests } from '../../protocol/contract/host-control.ts';
import { type AsideError, toWireError } from '../../protocol/errors.ts';
import type { HostStatus } from '../../protocol/model/host-status.ts';
import { type EndingDelays, endHost } from './end-host.ts';
import { readGreeting } from './handshake.ts';
import { callHost } from './host-client.ts';
import { hostBrokeProtocol, hostNotReady, hostsGaveUp } from './host-errors.ts';
import { type HostEvent, type HostState, nextState } from './host-state.ts';
import type { LaunchedHost, Launcher, LaunchOptions } from './launcher.ts';
import type { RestartBudget } from './restart-policy.ts';

/** A contract that includes what every host answers. */
export type ControlledContract = Contract & {
  readonly requests: typeof hostControlRequests;
  readonly events: typeof hostControlEvents;
};

export interface SupervisorOptions<C extends ControlledContract> {
  readonly contract: C;
  readonly engine: HostStatus['engine'];
  readonly launcher: Launcher;
  readonly launch: LaunchOptions;
  /** How long a host may take from its launch to `host.ready`. */
  readonly startTimeoutMs: number;
  /** How long a host may take to end a cancelled call before it is killed. */
  readonly cancelGraceMs: number;
  readonly endingDelays: EndingDelays;
  readonly budget: RestartBudget;
  /** Called after every change of `status()`. */
  readonly onChange: () => void;
  readonly timers?: Timers;
  readonly now?: () => number;
}

/** One slot: at most one host process at a time, watched and replaced until the budget is spent. */
export interface Supervisor<C extends Contract> {
  readonly state: HostState;
  status(): HostStatus;
  /** True when it is ready and answers nothing. */
  isFree(): boolean;
  /** Why it gave up, null in every other state. */
  gaveUpWhy(): AsideError | null;
  /** Launches a host, from `idle` and `gave-up`. */
  start(): void;
  /** Runs a call on the host. Only when `isFree()`. `settled` waits for a host that was killed to be gone. */
  run<M extends Method<C>>(method: M, params: Params<C, M>, options: CallOptions<Progress<C, M>>): Call<Result<C, M>>;
  /** Replaces a free host by a new one, at leisure. */
  recycle(): void;
  /** Ends the host, by force if need be; a running call rejects when it is gone. Resolves when there is no process. */
  shutdown(): Promise<void>;
}

/** One host process, from launch to exit. */
interface Incarnation<C extends Contract> {
  readonly host: LaunchedHost;
  readonly startedMs: number;
  /** Resolves when the process is gone, or when it was found that it cannot be killed. */
  readonly over: Deferred<void>;
  client: Client<C> | null;
  readyMs: number | null;
  isProven: boolean;
  /** It is being ended on purpose; its death is no crash. */
  isUnwanted: boolean;
  /** Its engine cannot run here: another start would fail too. */
  isHopeless: boolean;
  /** Why its connection closed; null while it is open. */
  why: AsideError | null;
  calls: number;
}

export function createSupervisor<C extends ControlledContract>(options: SupervisorOptions<C>): Supervisor<C> {
  const { contract, engine, launcher, launch, budget, onChange, timers = systemTimers } = options;
  const now = options.now ?? (() => performance.now());
  let state: HostState = 'idle';
  let current: Incarnation<C> | null = null;
  let request: string | null = null;
  let restarts = 0;
  let lastError: AsideError | null = null;
  let gaveUp: AsideError | null = null;
  let isStopping = false;
  let restartTimer: unknown;
  let startTimer: unknown;

  const move = (event: HostEvent): void => {
    state = nextState(state, event);
    onChange();
  };

  function start(): void {
    if (current || isStopping) return;
    gaveUp = null;
    const host = launcher.launch(launch);
    const incarnation: Incarnation<C> = {
      host,
      startedMs: now(),
      over: createDeferred<void>(),
      client: null,
      readyMs: null,
      isProven: false,
      isUnwanted: false,
      isHopeless: false,
      why: null,
      calls: 0,
    };
    current = incarnation;
    host.port.onMessage((message) => greet(incarnation, message));
    host.port.onClose((why) => {
      incarnation.why = why;
    });
    void host.exited.then(() => ended(incarnation));
    startTimer = timers.set(() => {
      const elapsedMs = now() - incarnation.startedMs;
      condemn(incarnation, hostNotReady(engine, pidOf(host), options.startTimeoutMs, elapsedMs, host.stderrTail()));
    }, options.startTimeoutMs);
    move('start');
  }

  function greet(incarnation: Incarnation<C>, message: unknown): void {
    const greeting = readGreeting(contract, message);
    timers.clear(startTimer);
    if (greeting.kind === 'stranger') {
      condemn(incarnation, hostBrokeProtocol(engine, pidOf(incarnation.host), greeting.got));
    } else if (greeting.kind === 'failed') {
      incarnation.isHopeless = true;
      incarnation.host.port.close(greeting.error);
      void endHost(incarnation.host, () => {}, options.endingDelays, timers);
    } else {
      incarnation.client = connect(contract, incarnation.host.port, {
        onMalformed: (error) => condemn(incarnation, hostBrokeProtocol(engine, pidOf(incarnation.host), error.message)),
        timers,
      });
      incarnation.readyMs = now();
      budget.ready();
      move('ready');
    }
  }

  /** Rejects what runs there, then kills. */
  function condemn(incarnation: Incarnation<C>, why: AsideError): void {
    incarnation.host.port.close(why);
    killForSure(incarnation);
  }

  function killForSure(incarnation: Incarnation<C>): void {
    const { host } = incarnation;
    host.kill('kill');
    // A process stuck in a driver outlives even that. It is left behind, and its slot goes on.
    const timer = timers.set(() => ended(incarnation), options.endingDelays.killMs);
    void host.exited.then(() => timers.clear(timer));
  }

  function ended(incarnation: Incarnation<C>): void {
    if (incarnation !== current) return;
    timers.clear(startTimer);
    current = null;
    request = null;
    incarnation.over.resolve();
    if (isStopping) {
      move('gone');
    } else if (incarnation.isUnwanted) {
      move('died');
      start();
    } else {
      crashed(incarnation);
    }
  }

  function crashed({ readyMs, isProven, isHopeless, why }: Incarnation<C>): void {
    lastError = why;
    const readyForMs = readyMs === null ? null : now() - readyMs;
    const decision = isHopeless ? null : budget.died({ readyForMs, isProven });
    if (decision?.kind !== 'restart') {
      gaveUp = decision && why ? hostsGaveUp(engine, decision.restarts, why) : why;
      move('give-up');
      return;
    }
    restarts += 1;
    move('died');
    if (decision.delayMs === 0) start();
    else restartTimer = timers.set(start, decision.delayMs);
  }

  function run<M extends Method<C>>(
    method: M,
    params: Params<C, M>,
    callOptions: CallOptions<Progress<C, M>>,
  ): Call<Result<C, M>> {
    const incarnation = current;
    if (!incarnation?.client) throw new Error(`run(${method}) on a host that is ${state}`);
    request = method;
    onChange();
    const listener = {
      onProgress: () => {
        incarnation.isProven = true;
      },
      onAbandoned: () => move('drain'),
      onDeaf: () => {
        incarnation.isUnwanted = true;
        killForSure(incarnation);
      },
      onSettled: () => {
        if (incarnation.why) return; // It died; `ended` has the rest.
        incarnation.isProven = true;
        incarnation.calls += 1;
        request = null;
        move('settle');
      },
    };
    const call = callHost(incarnation.client, method, params, callOptions, listener, options);
    return { ...call, settled: call.settled.then(() => (incarnation.why ? incarnation.over.promise : undefined)) };
  }

  function ask(incarnation: Incarnation<C>): (() => void) | null {
    // The compiler cannot see that a generic contract with the control part has the control requests.
    const client = incarnation.client as Client<Contract> | null;
    // That it does not answer, or dies before it does, is what the harder steps are for.
    return client && (() => void client.request('host.shutdown', {}).catch(() => {}));
  }

  return {
    get state() {
      return state;
    },
    status: () => ({
      pid: current ? pidOf(current.host) : null,
      engine,
      state,
      request,
      calls: current?.calls ?? 0,
      restarts,
      lastError: lastError && toWireError(lastError),
    }),
    isFree: () => state === 'ready' && request === null,
    gaveUpWhy: () => (state === 'gave-up' ? gaveUp : null),
    start,
    run,
    recycle: () => {
      if (!current || state !== 'ready' || request !== null) return;
      current.isUnwanted = true;
      move('drain');
      void endHost(current.host, ask(current), options.endingDelays, timers);
    },
    shutdown: async () => {
      isStopping = true;
      timers.clear(restartTimer);
      timers.clear(startTimer);
      const incarnation = current;
      move('stop');
      if (!incarnation) return;
      await endHost(incarnation.host, ask(incarnation), options.endingDelays, timers);
      ended(incarnation);
    },
  };
}

function pidOf(host: LaunchedHost): number | null {
  return host.pid ?? null;
}
