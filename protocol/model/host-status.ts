import { WireError } from '../errors.ts';
import { z } from '../schema.ts';
import { HostExitReport } from './host-exit.ts';
import { EngineId } from './voice.ts';

/** The hosts that make audio files, which have no voice. */
export const AUDIO_ENGINE = 'audio' as const;
export const HostEngine = z.enum([...EngineId.options, AUDIO_ENGINE]);
export type HostEngine = z.infer<typeof HostEngine>;

/** What the user may know of one host. */
export const HostStatus = z.strictObject({
  /** null until it has been spawned and after it is gone. */
  pid: z.nullable(z.int()),
  engine: HostEngine,
  state: z.enum(['idle', 'starting', 'ready', 'draining', 'stopped', 'waiting', 'gave-up']),
  /** The request that it is answering; null when it is free. */
  request: z.nullable(z.string().check(z.maxLength(64))),
  /** How long it had been at that request when this was told; null when it is free. */
  requestAgeMs: z.nullable(z.number().check(z.minimum(0))),
  /** Calls answered by the present process of this slot. */
  calls: z.int().check(z.minimum(0)),
  /** Times this slot was started again after a crash. */
  restarts: z.int().check(z.minimum(0)),
  lastError: z.nullable(WireError),
  /** The end of the process before the present one in this slot, planned ones included. */
  lastExit: z.nullable(HostExitReport),
  /** Resident memory when it was asked last (see `HostPool.sample`); null until then. */
  rssBytes: z.nullable(z.int().check(z.minimum(0))),
  /** User and system time since the process started, when it was asked last; null until then. */
  cpuMs: z.nullable(z.number().check(z.minimum(0))),
  /** Of one core, between the last two times that it was asked: 1 is a whole core, more are several threads. */
  cpuShare: z.nullable(z.number().check(z.minimum(0))),
});
export type HostStatus = z.infer<typeof HostStatus>;
