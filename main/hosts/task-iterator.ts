import { createDeferred, type Deferred } from '../../protocol/contract/deferred.ts';
import { TaskFeed, type TaskFeedOptions, type TaskOutcome } from './task-feed.ts';

type FeedOptions<P, R> = Omit<TaskFeedOptions<P, R>, 'onOutcome' | 'onEnd'>;

export interface TaskIteratorOptions<P, R, Item> extends FeedOptions<P, R> {
  /** Items in the order of the inputs, or as they come. */
  readonly isOrdered: boolean;
  /** What the consumer gets for an outcome. What it throws ends the iteration. */
  toItem(outcome: TaskOutcome<R>): Item;
  /** Called once, when it makes no more calls, however that came. */
  onOver(): void;
}

/** The consumer's side of `imap`. Nothing is read before the first `next()`. */
export class TaskIterator<P, R, Item> implements AsyncIterableIterator<Item, undefined> {
  readonly #options: TaskIteratorOptions<P, R, Item>;
  readonly #feed: TaskFeed<P, R>;
  /** Outcomes that nobody has taken: by index where they are ordered, else by arrival. */
  readonly #ready = new Map<number, TaskOutcome<R>>();
  readonly #waiting: Deferred<IteratorResult<Item, undefined>>[] = [];
  #arrived = 0;
  #taken = 0;
  #end: { thrown: { readonly reason: unknown } | null } | null = null;
  /** It makes no more calls. */
  #isOver = false;

  constructor(options: TaskIteratorOptions<P, R, Item>) {
    this.#options = options;
    this.#feed = new TaskFeed({
      ...options,
      begin: (params, index) => options.begin(params, index),
      onOutcome: (outcome) => this.#arrive(outcome),
      onEnd: (thrown) => {
        this.#end = { thrown };
        this.#over(); // its calls are made, also if nobody takes their results
        this.#serve();
      },
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** May be called again before the promise it returned is settled. */
  next(): Promise<IteratorResult<Item, undefined>> {
    const next = createDeferred<IteratorResult<Item, undefined>>();
    this.#waiting.push(next);
    if (!this.#isOver) this.#feed.fill();
    this.#serve();
    return next.promise;
  }

  /** Cancels what runs, and resolves when the inputs have cleaned up. `for await` calls it when it is left early. */
  async return(): Promise<IteratorResult<Item, undefined>> {
    await this.#stop();
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<Item, undefined>> {
    await this.#stop();
    throw error;
  }

  /** Ends it from outside: whoever waits, or else the next who asks, is told why. */
  fail(reason: unknown): void {
    if (this.#isOver) return;
    this.#ready.clear();
    this.#end = { thrown: { reason } };
    this.#over();
    this.#feed.stop().catch(() => {}); // the reason at hand is the one to be told
    this.#serve();
  }

  #arrive(outcome: TaskOutcome<R>): void {
    this.#ready.set(this.#options.isOrdered ? outcome.index : this.#arrived, outcome);
    this.#arrived += 1;
    this.#serve();
  }

  #serve(): void {
    while (this.#waiting.length > 0) {
      const outcome = this.#ready.get(this.#taken);
      if (outcome) this.#give(outcome);
      else if (this.#end || this.#isOver) this.#giveEnd();
      else return;
    }
  }

  #give(outcome: TaskOutcome<R>): void {
    this.#ready.delete(this.#taken);
    this.#taken += 1;
    const next = this.#waiting.shift();
    try {
      next?.resolve({ done: false, value: this.#options.toItem(outcome) });
      this.#feed.taken();
    } catch (error) {
      this.#stop().catch(() => {}); // as in `for await`: what went wrong first is the one to be told
      next?.reject(error);
    }
  }

  #giveEnd(): void {
    const thrown = this.#end?.thrown;
    this.#end = null;
    const next = this.#waiting.shift();
    if (thrown) next?.reject(thrown.reason);
    else next?.resolve({ done: true, value: undefined });
  }

  #stop(): Promise<void> {
    this.#end = null;
    this.#ready.clear();
    this.#over();
    const stopped = this.#feed.stop();
    this.#serve();
    return stopped;
  }

  #over(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#options.onOver();
  }
}
