import { type AudioContract, audioContract } from '../../protocol/contract/audio-contract.ts';
import { AUDIO_ENGINE } from '../../protocol/model/host-status.ts';
import { createHostPool, type HostPool } from '../hosts/host-pool.ts';
import type { Launcher } from '../hosts/launcher.ts';
import { OFFLINE_HOST_ENV } from '../hosts/offline-host.ts';
import type { Log } from '../logging/log.ts';
import { logHostDeaths } from '../speech/log-host-deaths.ts';
import { queueLimitOf } from '../speech/queue-limit.ts';

export interface AudioHostsOptions {
  readonly launcher: Launcher;
  /** Absolute path of the audio host's program. */
  readonly hostEntryPath: string;
  /** Calls that run at the same time, at least 1. */
  readonly jobs: number;
  /** Hears of each host that dies. */
  readonly log?: Log;
}

/** The hosts that make audio files, and how many pieces of one export are under way at a time. */
export interface AudioHosts {
  readonly pool: HostPool<AudioContract>;
  readonly jobs: number;
}

/** The hosts that make audio files. Starts nothing: each starts with its first call. */
export function createAudioHosts(options: AudioHostsOptions): HostPool<AudioContract> {
  const { launcher, hostEntryPath, jobs, log } = options;
  const pool = createHostPool({
    contract: audioContract,
    engine: AUDIO_ENGINE,
    launcher,
    entryPath: hostEntryPath,
    args: [],
    env: OFFLINE_HOST_ENV,
    maxBusy: jobs,
    queueLimit: queueLimitOf(jobs),
    spares: 0,
  });
  if (log) logHostDeaths(pool, log);
  return pool;
}
