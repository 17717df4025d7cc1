import process from 'node:process';

/** What may happen to a host: killed; stopped for good; stopped for a while; given only every other turn for a while. */
const DEEDS = ['kill', 'stop', 'pause', 'starve'] as const;
type Deed = (typeof DEEDS)[number];

/** Turns between two strikes, and those that a pause or a famine lasts. */
const CALM_TURNS = { min: 10, max: 40 };
const SPELL_TURNS = 12;

export interface StormOptions {
  /** Process ids of the hosts that are there now. */
  readonly pids: () => readonly number[];
  /** From 0 (inclusive) to 1. */
  readonly random: () => number;
  readonly maxStrikes: number;
}

/** Does things to random hosts, turn by turn, so that it is bound to what they get done and not to a clock. */
export class Storm {
  /** What was done to whom. */
  readonly struck = new Map<number, Deed[]>();
  readonly #options: StormOptions;
  #turn = 0;
  #nextStrike = 1;
  #strikes = 0;
  #later: { readonly turn: number; readonly pid: number; readonly signal: NodeJS.Signals }[] = [];

  constructor(options: StormOptions) {
    this.#options = options;
  }

  turn(): void {
    this.#turn += 1;
    const due = this.#later.filter(({ turn }) => turn <= this.#turn);
    this.#later = this.#later.filter(({ turn }) => turn > this.#turn);
    for (const { pid, signal } of due) this.#send(pid, signal);
    if (this.#turn < this.#nextStrike || this.#strikes >= this.#options.maxStrikes) return;
    this.#nextStrike = this.#turn + CALM_TURNS.min + this.#below(CALM_TURNS.max - CALM_TURNS.min);
    const pids = this.#options.pids();
    const pid = pids[this.#below(pids.length)];
    if (pid !== undefined) this.#strike(pid, DEEDS[this.#below(DEEDS.length)] as Deed);
  }

  #strike(pid: number, deed: Deed): void {
    this.#strikes += 1;
    this.struck.set(pid, [...(this.struck.get(pid) ?? []), deed]);
    if (deed === 'kill') this.#send(pid, 'SIGKILL');
    else this.#send(pid, 'SIGSTOP');
    if (deed === 'pause') this.#sendLater(1 + this.#below(SPELL_TURNS), pid, 'SIGCONT');
    if (deed !== 'starve') return;
    for (let turn = 1; turn < SPELL_TURNS; turn += 2) {
      this.#sendLater(turn, pid, 'SIGCONT');
      if (turn + 2 < SPELL_TURNS) this.#sendLater(turn + 1, pid, 'SIGSTOP');
    }
  }

  #sendLater(turns: number, pid: number, signal: NodeJS.Signals): void {
    this.#later.push({ turn: this.#turn + turns, pid, signal });
  }

  /** To nobody who is not a host any more: the number may be another's. */
  #send(pid: number, signal: NodeJS.Signals): void {
    if (this.#options.pids().includes(pid)) process.kill(pid, signal);
  }

  #below(limit: number): number {
    return Math.floor(this.#options.random() * limit);
  }
}
