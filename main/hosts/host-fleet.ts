import type { Timers } from '../../protocol/contract/deadlines.ts';
import type { AsideError } from '../../protocol/errors.ts';
import type { HostExitReport } from '../../protocol/model/host-exit.ts';
import type { EndingDelays } from './end-host.ts';
import { type HostExitRecord, toExitReport } from './host-exits.ts';
import { type HostLoad, sumLoads } from './host-load.ts';
import { createRestartBudget, type RestartBudget, type RestartLimits } from './restart-policy.ts';
import { SlotRoster } from './slot-roster.ts';
import type { SlotStatus } from './slot-status.ts';
import type { ControlledContract, SupervisedHostOptions } from './supervised-host.ts';
import { Supervisor, type WearLimits } from './supervisor.ts';

export interface HostFleetOptions<C extends ControlledContract> extends SupervisedHostOptions<C> {
  readonly engine: string;
  readonly spares: number;
  readonly wearLimits: WearLimits;
  readonly restartLimits: RestartLimits;
  readonly timers: Timers;
  readonly now: () => number;
  /** Called after every change of a slot. */
  readonly onChange: () => void;
}

/** Ends of hosts that are remembered. */
const MAX_EXITS = 20;

/** The hosts of a pool: as many as are wanted, started, replaced and let go. It knows nothing of the calls that they run. */
export class HostFleet<C extends ControlledContract> {
  readonly #options: HostFleetOptions<C>;
  readonly #budget: RestartBudget;
  readonly #roster = new SlotRoster<Supervisor<C>>();
  /** Slots on their way out. They take no calls and make no room. */
  readonly #leaving = new Set<Supervisor<C>>();
  /** The last ones first. */
  #exits: HostExitRecord[] = [];
  /** Restarts of slots that are gone. */
  #pastRestarts = 0;
  #recycled = 0;

  constructor(options: HostFleetOptions<C>) {
    this.#options = options;
    this.#budget = createRestartBudget(options.restartLimits, options.now);
    this.#addSlot();
  }

  /** Hosts that have a process, or will have one without being asked. */
  get live(): number {
    return this.#roster.live;
  }

  /** Hosts that a call can be given to. */
  get free(): number {
    return this.#roster.free;
  }

  /** Hosts that were started in the place of one that had crashed. */
  get restarts(): number {
    return this.#roster.all().reduce((sum, slot) => sum + slot.restarts, this.#pastRestarts);
  }

  /** Hosts that were replaced because they were worn. */
  get recycled(): number {
    return this.#recycled;
  }

  get load(): HostLoad {
    return sumLoads(this.#slots().map((slot) => slot.load));
  }

  /** Why no call can be answered; null while a host lives or may be started. */
  get brokenWhy(): AsideError | null {
    if (this.#roster.live > 0 || this.#roster.fresh('gave-up') === 0) return null;
    return this.#roster.all().find((slot) => slot.gaveUpWhy)?.gaveUpWhy ?? null;
  }

  status(): SlotStatus[] {
    return this.#slots().map((slot) => slot.status());
  }

  exits(): HostExitReport[] {
    return this.#exits.map((exit) => toExitReport(exit, this.#options.now()));
  }

  sample(): void {
    for (const slot of this.#roster.all()) slot.sample();
  }

  /** False: there is no host of that process id. */
  end(pid: number): boolean {
    const slot = this.#find(pid);
    if (slot) this.#letGo(slot, slot.endOnRequest());
    return slot !== undefined;
  }

  restart(pid: number): boolean {
    const slot = this.#find(pid);
    slot?.restart();
    return slot !== undefined;
  }

  /** Takes a free host, to which the caller gives a call, or which it gives back. */
  takeFree(): Supervisor<C> | undefined {
    return this.#roster.takeFree();
  }

  giveBack(slot: Supervisor<C>): void {
    this.#roster.refresh(slot);
  }

  /**
   * Lets idle hosts go that have had all their calls. One that has grown too big may still take calls: it is let go when
   * there are `wanted` others, and at least one.
   */
  recycle(wanted: number): void {
    if (this.#roster.worn === 0) return;
    for (const slot of this.#roster.all()) {
      if (!slot.isWorn || !slot.isIdle) continue;
      if (slot.isFree && this.#roster.fresh('ready') < Math.max(wanted, 1)) continue;
      this.#recycled += 1;
      this.#letGo(slot, slot.recycle());
    }
  }

  /**
   * Starts what is missing for `wanted` hosts, beside those that are worn. Until one host has proved that the engine runs,
   * only one is started: the others would fail, or slow it down.
   */
  grow(wanted: number): void {
    const roster = this.#roster;
    const hasProof = roster.fresh('ready') + roster.fresh('draining') + roster.worn > 0;
    this.start(hasProof ? wanted : Math.min(wanted, 1));
  }

  /** The same, without waiting for a host that proves anything. */
  start(wanted: number): void {
    const roster = this.#roster;
    if (roster.fresh('gave-up') > 0) return;
    // A draining host may turn out deaf; by the time that is known, the spare that stands in for it should be there.
    const present = roster.freshLive - Math.min(roster.fresh('draining'), this.#options.spares);
    for (let missing = wanted - present; missing > 0; missing -= 1) this.#startOne();
  }

  /** Lets all free hosts go but one. */
  shrink(): void {
    const [, ...others] = this.#roster.all().filter((slot) => slot.isFree);
    for (const slot of others) this.#letGo(slot, slot.shutdown());
  }

  /** Gives what gave up a fresh budget, and starts one host; the others follow when they are wanted. */
  retry(): void {
    const [first, ...others] = this.#roster.all().filter((slot) => slot.gaveUpWhy);
    if (!first) return;
    this.#budget.reset();
    for (const slot of others) this.#remove(slot);
    first.start();
  }

  /** Ends all hosts. Resolves when no process is left. Asked for again with shorter delays, they go sooner. */
  async shutdown(delays: EndingDelays): Promise<void> {
    await Promise.all(this.#slots().map((slot) => slot.shutdown(delays)));
  }

  #slots(): Supervisor<C>[] {
    return [...this.#roster.all(), ...this.#leaving];
  }

  #addSlot(): Supervisor<C> {
    const onChange = (): void => {
      this.#roster.refresh(slot);
      this.#options.onChange();
    };
    const onExit = (exit: HostExitRecord): void => {
      this.#exits = [exit, ...this.#exits].slice(0, MAX_EXITS);
    };
    const slot: Supervisor<C> = new Supervisor({ ...this.#options, budget: this.#budget, onChange, onExit });
    this.#roster.add(slot);
    return slot;
  }

  #startOne(): void {
    const hasIdle = this.#roster.fresh('idle') > 0;
    const idle = hasIdle ? this.#roster.all().find(({ state }) => state === 'idle') : undefined;
    (idle ?? this.#addSlot()).start();
  }

  #find(pid: number): Supervisor<C> | undefined {
    return this.#roster.all().find((slot) => slot.pid === pid);
  }

  #letGo(slot: Supervisor<C>, gone: Promise<void>): void {
    this.#remove(slot);
    this.#leaving.add(slot);
    void gone.then(() => {
      this.#leaving.delete(slot);
      this.#options.onChange();
    });
  }

  #remove(slot: Supervisor<C>): void {
    this.#roster.remove(slot);
    this.#pastRestarts += slot.restarts;
  }
}
