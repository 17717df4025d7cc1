import { z } from 'zod';
import { WireError } from '../errors.ts';
import { HostExitReport } from './host-exit.ts';
import { EngineId } from './voice.ts';

/** The hosts that make audio files, which have no voice. */
export const AUDIO_ENGINE = 'audio' as const;
export const HostEngine = z.enum([...EngineId.options, AUDIO_ENGINE]);
export type HostEngine = z.infer<typeof HostEngine>;

/** What the user may know of one host. */
export const HostStatus = z.strictObject({
  /** null until it has been spawned and after it is gone. */
  pid: z.int().nullable(),
  engine: HostEngine,
  state: z.enum(['idle', 'starting', 'ready', 'draining', 'stopped', 'waiting', 'gave-up']),
  /** The request that it is answering; null when it is free. */
  request: z.string().max(64).nullable(),
  /** How long it had been at that request when this was told; null when it is free. */
  requestAgeMs: z.number().min(0).nullable(),
  /** Calls answered by the present process of this slot. */
  calls: z.int().min(0),
  /** Times this slot was started again after a crash. */
  restarts: z.int().min(0),
  lastError: WireError.nullable(),
  /** The end of the process before the present one in this slot, planned ones included. */
  lastExit: HostExitReport.nullable(),
  /** Resident memory when it was asked last (see `HostPool.sample`); null until then. */
  rssBytes: z.int().min(0).nullable(),
  /** User and system time since the process started, when it was asked last; null until then. */
  cpuMs: z.number().min(0).nullable(),
  /** Of one core, between the last two times that it was asked: 1 is a whole core, more are several threads. */
  cpuShare: z.number().min(0).nullable(),
});
export type HostStatus = z.infer<typeof HostStatus>;
