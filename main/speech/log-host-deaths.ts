import type { HostStatus } from '../../protocol/model/host-status.ts';
import type { Log } from '../logging/log.ts';

/** Whoever knows how hosts are. */
interface HostWatch {
  status(): HostStatus[];
  onChange(listener: () => void): void;
}

/** Notes each host's death once, with the last lines that it wrote: that is where a native engine says what hurt it. */
export function logHostDeaths(hosts: HostWatch, log: Log): void {
  let known: readonly (string | null)[] = [];
  hosts.onChange(() => {
    const now = hosts.status().map(({ lastError, restarts }) => lastError && `${restarts} ${lastError.message}`);
    hosts.status().forEach(({ engine, lastError }, slot) => {
      if (!lastError || now[slot] === known[slot]) return;
      log.warn(lastError.message, { engine, code: lastError.code, stderrTail: lastError.details.stderrTail });
    });
    known = now;
  });
}
