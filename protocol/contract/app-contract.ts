import { WireError } from '../errors.ts';
import { Document, DocumentBytes } from '../model/document.ts';
import { Draft } from '../model/draft.ts';
import { ExportParams, ExportProgress, ExportResult, ExportStanding } from '../model/export.ts';
import {
  Added,
  AddFilesParams,
  ExportChoicesChange,
  ExportQueueState,
  MAX_QUEUE_ITEMS,
  QueueItemId,
  StartQueueParams,
} from '../model/export-queue.ts';
import { HostStatus } from '../model/host-status.ts';
import { PlayItem, PlayParams, SteerParams } from '../model/play.ts';
import { Installation, Misbehaviour, ProcessesReport } from '../model/processes.ts';
import { Settings, SettingsPatch } from '../model/settings.ts';
import { UnusableVoice, Voice, VoiceReplacement } from '../model/voice.ts';
import { z } from '../schema.ts';
import { defineContract } from './define-contract.ts';

const Nothing = z.strictObject({});
const HostPid = z.strictObject({ pid: z.int().check(z.minimum(1)) });
const OneOfQueue = z.strictObject({ id: QueueItemId });

/** A request that main answers from memory or a small file. */
const quick = { timeoutMs: 10_000, progressTimeoutMs: null } as const;
/** A request that waits for a person or for a long work with its own deadlines inside. */
const unbounded = { timeoutMs: null, progressTimeoutMs: null } as const;

/** What a page may ask of main. The page is not trusted: everything here must be safe in the hands of any page. */
export const appContract = defineContract({
  name: 'app',
  version: 1,
  requests: {
    'app.describe': {
      params: Nothing,
      result: z.strictObject({
        version: z.string().check(z.maxLength(40)),
        shell: z.enum(['electron', 'web']),
        /** Whether `document.choose` and `export.reveal` work; without them the page uses the browser's own ways. */
        hasDialogs: z.boolean(),
      }),
      ...quick,
    },
    /** `problems`: why engines have no voices here, each with a remedy. Rejects only when no engine works. */
    'voices.list': {
      params: Nothing,
      result: z.strictObject({
        voices: z.array(Voice).check(z.maxLength(10_000)),
        problems: z.array(WireError).check(z.maxLength(10)),
        /** Installed, and of no use here. */
        unusable: z.optional(z.array(UnusableVoice).check(z.maxLength(1_000))),
        /** Only where the voice of the settings is not here. */
        replacement: z.optional(VoiceReplacement),
      }),
      timeoutMs: 60_000, // above what three failed starts of a host take, so that their reason arrives
      progressTimeoutMs: null,
    },
    /** Turns the bytes of a file into text. Rejects with `file`. */
    'document.decode': {
      params: z.strictObject({
        name: z.string().check(z.maxLength(1_000)),
        bytes: DocumentBytes,
      }),
      result: Document,
      timeoutMs: 330_000, // longer than main itself waits for it
      progressTimeoutMs: null,
    },
    /** Lets the user choose a file; null when they do not. */
    'document.choose': { params: Nothing, result: z.nullable(Document), ...unbounded },
    'draft.load': { params: Nothing, result: Draft, ...quick },
    /** Answers when it is on its way to disk, not when it is there. */
    'draft.save': { params: Draft, result: Nothing, ...quick },
    /** `notices`: what could not be read and was set aside. Told once. */
    'settings.load': {
      params: Nothing,
      result: z.strictObject({ settings: Settings, notices: z.array(WireError).check(z.maxLength(10)) }),
      ...quick,
    },
    'settings.save': { params: SettingsPatch, result: Settings, ...quick },
    /** Lives until the page cancels it; see `PlayParams`. Rejects with `refused` when there is nothing to read. */
    'speech.play': { params: PlayParams, progress: PlayItem, result: Nothing, ...unbounded },
    'speech.steer': {
      params: SteerParams,
      result: z.strictObject({ charIndex: z.int().check(z.minimum(0)) }),
      ...quick,
    },
    /** Makes a WAV file. Cancel it to stop; nothing half-written stays. */
    'export.start': { params: ExportParams, progress: ExportStanding, result: ExportResult, ...unbounded },
    /** Shows the finished file of this run in the system's file manager. */
    'export.reveal': {
      params: z.strictObject({ path: z.string().check(z.maxLength(32_767)) }),
      result: Nothing,
      ...quick,
    },
    /** The queue is main's, one for all pages; `exports.changed` tells each of every change. */
    'exports.list': { params: Nothing, result: ExportQueueState, ...quick },
    /** Puts files of the browser at the end. Whether they can be read is told by their items. */
    'exports.add': { params: AddFilesParams, result: Added, timeoutMs: 60_000, progressTimeoutMs: null },
    /** Lets the user choose texts, or a folder whose texts are taken, also those deeper in it. */
    'exports.choose-texts': {
      params: z.strictObject({ from: z.enum(['files', 'folder']) }),
      result: Added,
      ...unbounded,
    },
    /** Lets the user choose where the audio goes; null when they do not. */
    'exports.choose-folder': {
      params: Nothing,
      result: z.strictObject({ outDir: z.nullable(z.string().check(z.maxLength(32_767))) }),
      ...unbounded,
    },
    /** What is made of the items that have not begun. */
    'exports.set-choices': { params: ExportChoicesChange, result: Nothing, ...quick },
    /** Starts or goes on; asks for the folder where one is needed. `isRunning` is false when the user declines. */
    'exports.start': { params: StartQueueParams, result: z.strictObject({ isRunning: z.boolean() }), ...unbounded },
    'exports.pause': { params: Nothing, result: Nothing, ...quick },
    /** An id that is gone is no error in any of these: another page may have been quicker. null: all that wait. */
    'exports.cancel': { params: z.strictObject({ id: z.nullable(QueueItemId) }), result: Nothing, ...quick },
    /** A failed or cancelled one; null: all that failed. They wait again, and are made if the queue is running. */
    'exports.retry': { params: z.strictObject({ id: z.nullable(QueueItemId) }), result: Nothing, ...quick },
    'exports.remove': { params: OneOfQueue, result: Nothing, ...quick },
    /** Removes what is done or cancelled. Its files stay, but downloads. */
    'exports.clear': { params: Nothing, result: Nothing, ...quick },
    /** `index`: its place in the list without it, from 0; what is beyond the end is the end. */
    'exports.move': {
      params: z.strictObject({ id: QueueItemId, index: z.int().check(z.minimum(0), z.maximum(MAX_QUEUE_ITEMS)) }),
      result: Nothing,
      ...quick,
    },
    /** Shows the first file of a finished item in the system's file manager. Rejects with `refused`. */
    'exports.reveal': { params: OneOfQueue, result: Nothing, ...quick },
    'hosts.list': {
      params: Nothing,
      result: z.strictObject({ hosts: z.array(HostStatus).check(z.maxLength(256)) }),
      ...quick,
    },
    /** Starts again what gave up. */
    'hosts.retry': { params: Nothing, result: Nothing, ...quick },
    /**
     * Ends the host of that process id: a free one by asking, a busy one by force. Its call is tried again on another
     * host, which is started when there is work for it. Answers before it is gone. Rejects with `refused` when no host
     * of Aside has that id.
     */
    'hosts.end': { params: HostPid, result: Nothing, ...quick },
    /** The same, and starts another in its place at once. */
    'hosts.restart': { params: HostPid, result: Nothing, ...quick },
    'processes.describe': { params: Nothing, result: Installation, ...quick },
    /** Lives until the page cancels it. Nothing is measured while no page watches. */
    'processes.watch': { params: Nothing, progress: ProcessesReport, result: Nothing, ...unbounded },
    /**
     * Makes a host of the scripted engine misbehave. Answers when that is over: which host it was, and the error that
     * its caller got, null when it got none. Rejects with `refused` unless the run has that engine.
     */
    'developer.misbehave': {
      params: z.strictObject({ how: Misbehaviour }),
      result: z.strictObject({ pid: z.nullable(z.int()), error: z.nullable(WireError) }),
      ...unbounded,
    },
  },
  events: {
    'exports.changed': ExportQueueState,
    /** Of a running item, a few times a second at most. */
    'exports.progressed': z.strictObject({ id: QueueItemId, progress: ExportProgress }),
    'hosts.changed': z.strictObject({ hosts: z.array(HostStatus).check(z.maxLength(256)) }),
    /** A file that the system asked Aside to open. */
    'document.opened': Document,
    /** A file that the system asked Aside to open and that could not be read, a setting that could not be saved. */
    'problem.raised': WireError,
    /** The native menu. */
    'menu.chosen': z.strictObject({
      command: z.enum([
        'open',
        'export',
        'queue',
        'play-pause',
        'stop',
        'next-sentence',
        'previous-sentence',
        'find',
        'processes',
        'shortcuts',
        'about',
      ]),
    }),
  },
});
export type AppContract = typeof appContract;
