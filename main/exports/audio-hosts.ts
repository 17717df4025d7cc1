import { type AudioContract, audioContract } from '../../protocol/contract/audio-contract.ts';
import { createHostPool, type HostPool } from '../hosts/host-pool.ts';
import type { Launcher } from '../hosts/launcher.ts';
import { queueLimitOf } from '../speech/queue-limit.ts';

export interface AudioHostsOptions {
  readonly launcher: Launcher;
  /** Absolute path of the audio host's program. */
  readonly hostEntryPath: string;
  /** Calls that run at the same time, at least 1. */
  readonly jobs: number;
}

/** The hosts that make audio files, and how many pieces of one export are under way at a time. */
export interface AudioHosts {
  readonly pool: HostPool<AudioContract>;
  readonly jobs: number;
}

/** The hosts that make audio files. Starts nothing: each starts with its first call. */
export function createAudioHosts({ launcher, hostEntryPath, jobs }: AudioHostsOptions): HostPool<AudioContract> {
  return createHostPool({
    contract: audioContract,
    engine: 'audio',
    launcher,
    entryPath: hostEntryPath,
    args: [],
    maxBusy: jobs,
    queueLimit: queueLimitOf(jobs),
    spares: 0,
  });
}
