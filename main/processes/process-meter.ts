import process from 'node:process';
import type { ProcessStatus } from '../../protocol/model/processes.ts';
import { LoadMeter } from '../hosts/host-load.ts';

/** What a process says of itself, or the system of it. */
export type ProcessSample = Omit<ProcessStatus, 'cpuShare'>;

/** The status of one process from samples of it; another process id begins anew. */
export class ProcessMeter {
  #pid = 0;
  #load = new LoadMeter();

  note(sample: ProcessSample, atMs: number): ProcessStatus {
    if (sample.pid !== this.#pid) this.#load = new LoadMeter();
    this.#pid = sample.pid;
    this.#load.note({ ...sample, atMs });
    return { ...sample, cpuShare: this.#load.read().cpuShare };
  }
}

/** This very process. */
export function sampleThisProcess(): ProcessSample {
  const { user, system } = process.cpuUsage();
  return { pid: process.pid, rssBytes: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 };
}
