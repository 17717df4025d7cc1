import { z } from '../schema.ts';
import { HostExitReport } from './host-exit.ts';
import { HostEngine, HostStatus } from './host-status.ts';
import { EngineId } from './voice.ts';

/** One process of Aside that is no host. */
export const ProcessStatus = z.strictObject({
  pid: z.int().check(z.minimum(1)),
  /** Resident memory. */
  rssBytes: z.int().check(z.minimum(0)),
  /** User and system time since it started. */
  cpuMs: z.number().check(z.minimum(0)),
  /** Of one core, since the report before; null in the first. */
  cpuShare: z.nullable(z.number().check(z.minimum(0))),
});
export type ProcessStatus = z.infer<typeof ProcessStatus>;

export const EndedHost = z.extend(HostExitReport, { engine: HostEngine });
export type EndedHost = z.infer<typeof EndedHost>;

/** As many ends of hosts are told as fit on a page. */
export const MAX_EXITS = 20;

/** How things stand, and how the time since the report before went. */
export const ProcessesReport = z.strictObject({
  /** Of main's clock, which only goes forward. */
  atMs: z.number().check(z.minimum(0)),
  /** Since the report before; in the first since a moment before it. */
  spanMs: z.number().check(z.minimum(0)),
  /** The longest time in the span by which main's event loop was late. */
  mainDelayMs: z.number().check(z.minimum(0)),
  /** How much of the span at least one host was at a call. */
  blockedMs: z.number().check(z.minimum(0)),
  main: ProcessStatus,
  /** The page's own process; null where the shell cannot know it, as in a browser. */
  page: z.nullable(ProcessStatus),
  hosts: z.array(HostStatus).check(z.maxLength(256)),
  /** How the last ones ended, the latest first. */
  exits: z.array(EndedHost).check(z.maxLength(MAX_EXITS)),
});
export type ProcessesReport = z.infer<typeof ProcessesReport>;

/** What does not change while Aside runs. */
export const Installation = z.strictObject({
  /** null where there is no such part. */
  versions: z.strictObject({
    aside: z.string().check(z.maxLength(40)),
    node: z.string().check(z.maxLength(40)),
    electron: z.nullable(z.string().check(z.maxLength(40))),
    chromium: z.nullable(z.string().check(z.maxLength(40))),
  }),
  /** Node's names for them, e.g. `win32` and `x64`. */
  platform: z.string().check(z.maxLength(40)),
  arch: z.string().check(z.maxLength(40)),
  cpus: z.int().check(z.minimum(1)),
  memoryBytes: z.int().check(z.minimum(0)),
  shell: z.enum(['electron', 'web']),
  launcher: z.enum(['fork', 'utility-process']),
  engines: z.array(EngineId).check(z.maxLength(10)),
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
