import { z } from 'zod';
import { WireError } from '../errors.ts';
import { EngineId } from './voice.ts';

/** What the user may know of one host. */
export const HostStatus = z.strictObject({
  /** null until it has been spawned and after it is gone. */
  pid: z.int().nullable(),
  engine: EngineId,
  state: z.enum(['idle', 'starting', 'ready', 'draining', 'stopped', 'waiting', 'gave-up']),
  /** The request that it is answering; null when it is free. */
  request: z.string().max(64).nullable(),
  /** Calls answered by the present process of this slot. */
  calls: z.int().min(0),
  /** Times this slot was started again after a crash. */
  restarts: z.int().min(0),
  lastError: WireError.nullable(),
});
export type HostStatus = z.infer<typeof HostStatus>;
