export interface SaverOptions<T> {
  readonly write: (value: T) => Promise<void>;
  /** Quiet time after a change before it is written. */
  readonly delayMs: number;
  /** Longest time from a change to its writing, however many follow. */
  readonly maxDelayMs: number;
  /** Told of each failed writing. The value is kept, and written at the next change or flush. */
  readonly onFailure: (error: unknown) => void;
}

export interface Saver<T> {
  /** Takes the place of what is not yet written. */
  save(value: T): void;
  /** Writes now what is not yet written. Resolves when that is done or has failed. Never rejects. */
  flush(): Promise<void>;
}

/** Writes the latest of many values, one writing at a time. */
export function createSaver<T>({ write, delayMs, maxDelayMs, onFailure }: SaverOptions<T>): Saver<T> {
  let unsaved: { readonly value: T } | undefined;
  let unsavedSinceMs: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastWriting = Promise.resolve();

  async function writeOnce(): Promise<void> {
    if (!unsaved) return;
    const current = unsaved;
    unsaved = undefined;
    unsavedSinceMs = undefined;
    try {
      await write(current.value);
    } catch (error) {
      unsaved ??= current;
      onFailure(error);
    }
  }

  const writeNext = (): Promise<void> => {
    clearTimeout(timer);
    lastWriting = lastWriting.then(writeOnce);
    return lastWriting;
  };

  return {
    save: (value) => {
      const nowMs = performance.now();
      unsaved = { value };
      unsavedSinceMs ??= nowMs;
      clearTimeout(timer);
      timer = setTimeout(writeNext, Math.min(delayMs, Math.max(0, unsavedSinceMs + maxDelayMs - nowMs)));
    },
    flush: writeNext,
  };
}
