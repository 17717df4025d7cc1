import { availableParallelism } from 'node:os';
import { type HostContract, hostContract } from '../../protocol/contract/host-contract.ts';
import type { EngineId, Voice } from '../../protocol/model/voice.ts';
import { createHostPool, type HostPool } from '../hosts/host-pool.ts';
import type { Launcher } from '../hosts/launcher.ts';
import { OFFLINE_HOST_ENV } from '../hosts/offline-host.ts';
import type { Log } from '../logging/log.ts';
import { type AllHosts, hostsAsOne, hostsOf } from './hosts-as-one.ts';
import { logHostDeaths } from './log-host-deaths.ts';
import { queueLimitOf } from './queue-limit.ts';
import { createVoiceCatalogue, type VoiceCatalogue } from './voices.ts';

/** The tests' engine leaks on demand, and shows what becomes of it without filling the machine of who looks on. */
const SCRIPTED_MAX_RSS_BYTES = 256 * 1024 ** 2;

export interface EnginesOptions {
  readonly engines: readonly EngineId[];
  readonly launcher: Launcher;
  /** Absolute path of the host program. */
  readonly hostEntryPath: string;
  /** BCP-47. */
  readonly systemLanguage: string;
  /** Calls of an engine that run at the same time; default 2. */
  readonly jobs?: number;
  /** Idle hosts kept ready beside busy ones; default 1. */
  readonly spares?: number;
  /** Hears of each host that dies. */
  readonly log?: Log;
}

/** The engines of this run: one pool of hosts each, since a process holds one engine only. */
export interface Engines extends AllHosts {
  readonly voices: VoiceCatalogue;
  poolOf(voice: Voice): HostPool<HostContract>;
  /**
   * Starts up to `hosts` at once, where it is clear which engine is going to speak: main has little to do while the first
   * one starts. No more than may be busy, or than the machine has cores: more would only slow each other down.
   */
  warm(hosts: number): void;
  close(): Promise<void>;
}

/** Starts nothing: a pool starts its first host with its first call. */
export function createEngines(options: EnginesOptions): Engines {
  const pools = new Map<EngineId, HostPool<HostContract>>(
    options.engines.map((engine) => [
      engine,
      createHostPool({
        contract: hostContract,
        engine,
        launcher: options.launcher,
        entryPath: options.hostEntryPath,
        args: ['--engine', engine],
        env: OFFLINE_HOST_ENV,
        maxCallsPerHost: 1_000, // native engines leak
        ...(engine === 'scripted' && { maxRssBytesPerHost: SCRIPTED_MAX_RSS_BYTES }),
        ...(options.jobs !== undefined && {
          maxBusy: options.jobs,
          queueLimit: queueLimitOf(options.jobs),
        }),
        ...(options.spares !== undefined && { spares: options.spares }),
      }),
    ]),
  );
  const all = [...pools.values()];
  for (const pool of all) if (options.log) logHostDeaths(pool, options.log);
  return {
    voices: createVoiceCatalogue(pools, options.systemLanguage),
    poolOf: (voice) => {
      const pool = pools.get(voice.engine);
      if (!pool) throw new Error(`voice ${voice.id} is of ${voice.engine}, an engine that this run does not have`);
      return pool;
    },
    warm: (hosts) => {
      const [only, ...others] = all;
      if (others.length === 0) only?.warm(Math.min(hosts, availableParallelism()));
    },
    ...hostsAsOne([...pools].map(([engine, pool]) => hostsOf(engine, pool))),
    close: async () => {
      await Promise.all(all.map((pool) => pool.terminate()));
    },
  };
}
