import { type HostContract, hostContract } from '../../protocol/contract/host-contract.ts';
import type { HostStatus } from '../../protocol/model/host-status.ts';
import { type EndedHost, MAX_EXITS } from '../../protocol/model/processes.ts';
import type { EngineId, Voice } from '../../protocol/model/voice.ts';
import { createHostPool, type HostPool } from '../hosts/host-pool.ts';
import type { Launcher } from '../hosts/launcher.ts';
import type { Log } from '../logging/log.ts';
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
export interface Engines {
  readonly voices: VoiceCatalogue;
  poolOf(voice: Voice): HostPool<HostContract>;
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
  const status = (): HostStatus[] =>
    [...pools].flatMap(([engine, pool]) => pool.status().map((slot) => ({ ...slot, engine })));
  for (const pool of all) if (options.log) logHostDeaths(pool, options.log);
  return {
    voices: createVoiceCatalogue(pools, options.systemLanguage),
    poolOf: (voice) => {
      const pool = pools.get(voice.engine);
      if (!pool) throw new Error(`voice ${voice.id} is of ${voice.engine}, an engine that this run does not have`);
      return pool;
    },
    status,
    exits: () =>
      [...pools]
        .flatMap(([engine, pool]) => pool.exits().map((exit) => ({ ...exit, engine })))
        .sort((a, b) => a.agoMs - b.agoMs)
        .slice(0, MAX_EXITS),
    onChange: (listener) => {
      const offs = all.map((pool) => pool.onChange(listener));
      return () => {
        for (const off of offs) off();
      };
    },
    sample: () => {
      for (const pool of all) pool.sample();
    },
    end: (pid) => all.some((pool) => pool.end(pid)),
    restart: (pid) => all.some((pool) => pool.restart(pid)),
    retry: () => {
      for (const pool of all) pool.retry();
    },
    close: async () => {
      await Promise.all(all.map((pool) => pool.terminate()));
    },
  };
}
