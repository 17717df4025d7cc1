/** What a task is made of: an array, a generator, a stream … It is read one by one, and may have no end. */
export type TaskInputs<P> = Iterable<P> | AsyncIterable<P>;

export interface TaskInput<P> {
  /** Reads the next. Throws or rejects with what the source throws. Not while an earlier promise is pending. */
  next(): IteratorResult<P, unknown> | Promise<IteratorResult<P, unknown>>;
  /**
   * Lets the source clean up when it has not been read to its end. Rejects with what it throws then. A source that is
   * still asked for its next cleans up when it comes to it: waiting for that could be waiting for ever.
   */
  close(): Promise<void>;
}

export function openInputs<P>(inputs: TaskInputs<P>): TaskInput<P> {
  const iterator = Symbol.asyncIterator in inputs ? inputs[Symbol.asyncIterator]() : inputs[Symbol.iterator]();
  let isAsked = false;
  let isOver = false;

  const see = (result: IteratorResult<P, unknown>): IteratorResult<P, unknown> => {
    isAsked = false;
    isOver ||= result.done === true;
    return result;
  };
  const fail = (error: unknown): never => {
    isOver = true; // an iterator that has thrown is at its end
    throw error;
  };

  return {
    next: () => {
      isAsked = true;
      try {
        const result = iterator.next();
        return 'then' in result ? result.then(see, fail) : see(result);
      } catch (error) {
        return fail(error);
      }
    },
    close: async () => {
      if (isOver) return;
      isOver = true;
      const closing = iterator.return?.();
      if (!isAsked) await closing;
      else if (closing && 'then' in closing) closing.then(undefined, () => {}); // nobody is there any more to be told
    },
  };
}
