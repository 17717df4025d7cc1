import type { HostProcess } from './host-process.ts';
import type { ProcessExit } from './process-exit.ts';

/**
 * The ends of several processes in the order in which they come, each once, also of those that had ended before: what a
 * loop around `os.wait()` is for. Is over when all have ended. A caller that leaves early leaves them running.
 */
export async function* exitsOf(processes: Iterable<HostProcess>): AsyncGenerator<ProcessExit, void, undefined> {
  const ended: ProcessExit[] = [];
  let wake = (): void => {};
  let left = 0;
  for (const { exited } of processes) {
    left += 1;
    void exited.then((exit) => {
      ended.push(exit);
      wake();
    });
  }
  for (; left > 0; left -= 1) {
    while (ended.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    yield ended.shift() as ProcessExit;
  }
}
