import type { HostStatus } from '../../protocol/model/host-status.ts';

/** What a process takes of the machine, as `HostStatus` tells it. */
export type HostLoad = Pick<HostStatus, 'rssBytes' | 'cpuMs' | 'cpuShare'>;

/** Of a process that has not been asked. */
export const NO_LOAD: HostLoad = { rssBytes: null, cpuMs: null, cpuShare: null };

/** An average over a longer time says nothing of now. */
const MAX_SHARE_SPAN_MS = 10_000;

interface LoadSample {
  readonly rssBytes: number;
  readonly cpuMs: number;
  readonly atMs: number;
}

/** Turns what one process says of itself from time to time into its load. */
export class LoadMeter {
  #last: LoadSample | null = null;
  #cpuShare: number | null = null;

  /** `atMs` is of a clock that only goes forward. */
  note(sample: LoadSample): void {
    const last = this.#last;
    this.#last = sample;
    const spanMs = last ? sample.atMs - last.atMs : 0;
    const isRecent = spanMs > 0 && spanMs <= MAX_SHARE_SPAN_MS;
    this.#cpuShare = last && isRecent ? Math.max(0, sample.cpuMs - last.cpuMs) / spanMs : null;
  }

  read(): HostLoad {
    return { rssBytes: this.#last?.rssBytes ?? null, cpuMs: this.#last?.cpuMs ?? null, cpuShare: this.#cpuShare };
  }
}

/** What several processes take together: of each value the sum of those that are known, null where none is. */
export function sumLoads(loads: readonly HostLoad[]): HostLoad {
  const sum = (values: readonly (number | null)[]): number | null => {
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
  };
  return {
    rssBytes: sum(loads.map(({ rssBytes }) => rssBytes)),
    cpuMs: sum(loads.map(({ cpuMs }) => cpuMs)),
    cpuShare: sum(loads.map(({ cpuShare }) => cpuShare)),
  };
}
