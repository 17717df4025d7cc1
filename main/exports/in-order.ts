/**
 * Runs `run` for every item, `concurrency` at a time, and yields the results in the order of the items. Reads at most
 * `2 * concurrency` items ahead of what was taken, so that one slow item does not let results pile up. When one rejects,
 * or the consumer leaves, nothing new is begun, `onStop` is to end what runs, and the generator ends only when all of it
 * has settled: nobody is then still at a file.
 */
export async function* inOrder<T, R>(
  items: Iterable<T>,
  concurrency: number,
  run: (item: T) => Promise<R>,
  onStop: () => void,
): AsyncGenerator<R, void> {
  const source = items[Symbol.iterator]();
  const begun: Promise<R>[] = [];
  let running = 0;
  let isStopped = false;

  function fill(): void {
    while (!isStopped && running < concurrency && begun.length < 2 * concurrency) {
      const next = source.next();
      if (next.done) return;
      running += 1;
      const result = run(next.value);
      begun.push(result);
      const settled = (hasFailed: boolean) => () => {
        running -= 1;
        isStopped ||= hasFailed;
        fill();
      };
      result.then(settled(false), settled(true));
    }
  }

  try {
    for (;;) {
      fill();
      const [first] = begun;
      if (first === undefined) return;
      const result = await first;
      begun.shift();
      yield result;
    }
  } finally {
    isStopped = true;
    if (begun.length > 0) onStop();
    await Promise.allSettled(begun);
    source.return?.();
  }
}
