import type { WireError } from '../../protocol/errors.ts';
import type { SlotStatus } from '../hosts/slot-status.ts';
import type { Log } from '../logging/log.ts';

/** Whoever knows how hosts are. */
interface HostWatch {
  status(): SlotStatus[];
  onChange(listener: () => void): void;
}

/** Notes each host's death once, with the last lines that it wrote: that is where a native engine says what hurt it. */
export function logHostDeaths(hosts: HostWatch, log: Log): void {
  /** By engine, process and message, not by place in the list: slots come and go. */
  let known = new Set<string>();
  hosts.onChange(() => {
    const now = new Set<string>();
    for (const { engine, restarts, lastError } of hosts.status()) {
      if (!lastError) continue;
      // Not every error has the process that died; the count of restarts then tells one death from the next.
      const death = `${engine} ${lastError.details.pid ?? `restart ${restarts}`} ${lastError.message}`;
      if (!known.has(death) && !now.has(death))
        log.warn(lastError.message, { engine, code: lastError.code, ...lastWords(lastError) });
      now.add(death);
    }
    known = now;
  });
}

/** Not every error comes with what its process wrote last. */
function lastWords({ details: { stderrTail } }: WireError): { stderrTail?: unknown } {
  return stderrTail === undefined ? {} : { stderrTail };
}
