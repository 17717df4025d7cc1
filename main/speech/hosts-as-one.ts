import type { HostEngine, HostStatus } from '../../protocol/model/host-status.ts';
import { type EndedHost, MAX_EXITS } from '../../protocol/model/processes.ts';
import type { HostPool } from '../hosts/host-pool.ts';

/** What can be seen of hosts, and done to them, whatever they do. */
export interface AllHosts {
  status(): HostStatus[];
  /** How the last hosts ended, at most `MAX_EXITS`, the latest first. */
  exits(): EndedHost[];
  /** Returns the function that takes the listener off. */
  onChange(listener: () => void): () => void;
  /** As `HostPool.sample`, of all hosts. */
  sample(): void;
  /** As `HostPool.end` and `HostPool.restart`. */
  end(pid: number): boolean;
  restart(pid: number): boolean;
  retry(): void;
}

type Pool = Pick<HostPool<never>, keyof AllHosts>;

/** The hosts of one pool, with the name of its engine. */
export function hostsOf(engine: HostEngine, pool: Pool): AllHosts {
  return {
    status: () => pool.status().map((slot) => ({ ...slot, engine })),
    exits: () => pool.exits().map((exit) => ({ ...exit, engine })),
    onChange: (listener) => pool.onChange(listener),
    sample: () => pool.sample(),
    end: (pid) => pool.end(pid),
    restart: (pid) => pool.restart(pid),
    retry: () => pool.retry(),
  };
}

export function hostsAsOne(parts: readonly AllHosts[]): AllHosts {
  return {
    status: () => parts.flatMap((part) => part.status()),
    exits: () =>
      parts
        .flatMap((part) => part.exits())
        .sort((a, b) => a.agoMs - b.agoMs)
        .slice(0, MAX_EXITS),
    onChange: (listener) => {
      const offs = parts.map((part) => part.onChange(listener));
      return () => {
        for (const off of offs) off();
      };
    },
    sample: () => {
      for (const part of parts) part.sample();
    },
    end: (pid) => parts.some((part) => part.end(pid)),
    restart: (pid) => parts.some((part) => part.restart(pid)),
    retry: () => {
      for (const part of parts) part.retry();
    },
  };
}
