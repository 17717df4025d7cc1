import { z } from 'zod';
import { HostExitReport } from './host-exit.ts';
import { HostEngine, HostStatus } from './host-status.ts';
import { EngineId } from './voice.ts';

/** One process of Aside that is no host. */
export const ProcessStatus = z.strictObject({
  pid: z.int().min(1),
  /** Resident memory. */
  rssBytes: z.int().min(0),
  /** User and system time since it started. */
  cpuMs: z.number().min(0),
  /** Of one core, since the report before; null in the first. */
  cpuShare: z.number().min(0).nullable(),
});
export type ProcessStatus = z.infer<typeof ProcessStatus>;

export const EndedHost = HostExitReport.extend({ engine: HostEngine });
export type EndedHost = z.infer<typeof EndedHost>;

/** As many ends of hosts are told as fit on a page. */
export const MAX_EXITS = 20;

/** How things stand, and how the time since the report before went. */
export const ProcessesReport = z.strictObject({
  /** Of main's clock, which only goes forward. */
  atMs: z.number().min(0),
  /** Since the report before; in the first since a moment before it. */
  spanMs: z.number().min(0),
  /** The longest time in the span by which main's event loop was late. */
  mainDelayMs: z.number().min(0),
  /** How much of the span at least one host was at a call. */
  blockedMs: z.number().min(0),
  main: ProcessStatus,
  /** The page's own process; null where the shell cannot know it, as in a browser. */
  page: ProcessStatus.nullable(),
  hosts: z.array(HostStatus).max(256),
  /** How the last ones ended, the latest first. */
  exits: z.array(EndedHost).max(MAX_EXITS),
});
export type ProcessesReport = z.infer<typeof ProcessesReport>;

/** What does not change while Aside runs. */
export const Installation = z.strictObject({
  /** null where there is no such part. */
  versions: z.strictObject({
    aside: z.string().max(40),
    node: z.string().max(40),
    electron: z.string().max(40).nullable(),
    chromium: z.string().max(40).nullable(),
  }),
  /** Node's names for them, e.g. `win32` and `x64`. */
  platform: z.string().max(40),
  arch: z.string().max(40),
  cpus: z.int().min(1),
  memoryBytes: z.int().min(0),
  shell: z.enum(['electron', 'web']),
  launcher: z.enum(['fork', 'utility-process']),
  engines: z.array(EngineId).max(10),
  /** Whether `developer.misbehave` does what it says. */
  isDeveloper: z.boolean(),
});
export type Installation = z.infer<typeof Installation>;

/**
 * What a developer can make a host do, to watch what becomes of it:
 *
 *   block   five seconds in one native call
 *   spin    five seconds of computing
 *   hang    a native call that never comes back; given up after three seconds without progress
 *   crash   it is killed in the middle of a call
 *   leak    it takes 256 MiB more and does not give them back
 */
export const Misbehaviour = z.enum(['block', 'spin', 'hang', 'crash', 'leak']);
export type Misbehaviour = z.infer<typeof Misbehaviour>;
