import { WireError } from '../errors.ts';
import { z } from '../schema.ts';
import { AudioFormat } from './audio-format.ts';
import { DocumentBytes, MAX_DOCUMENT_BYTES } from './document.ts';
import { ExportOutput, ExportProgress, ExportSplit, LittleRoom } from './export.ts';
import { Prosody } from './prosody.ts';
import { VoiceId } from './voice.ts';

/** A shelf of books; more would be slow to look at. */
export const MAX_QUEUE_ITEMS = 1_000;
/** How many files a page hands over in one message. */
export const MAX_FILES_PER_MESSAGE = 100;

const FileName = z.string().check(z.minLength(1), z.maxLength(1_000));
const FolderPath = z.string().check(z.maxLength(32_767));

/** What is made of a text: of each of the queue, and of the one in the window. */
export const ExportChoices = z.strictObject({
  format: AudioFormat,
  split: ExportSplit,
  /** A text with times beside the audio; null: none. */
  timedText: z.nullable(z.enum(['srt', 'vtt', 'lrc'])),
});
export type ExportChoices = z.infer<typeof ExportChoices>;

/** Only what changes: of two changes on their way at the same time neither takes back the other. */
export const ExportChoicesChange = z.strictObject({
  format: z.exactOptional(ExportChoices.shape.format),
  split: z.exactOptional(ExportChoices.shape.split),
  timedText: z.exactOptional(ExportChoices.shape.timedText),
});
export type ExportChoicesChange = z.infer<typeof ExportChoicesChange>;

export const DEFAULT_EXPORT_CHOICES: ExportChoices = {
  format: { kind: 'wav' },
  split: { by: 'nothing' },
  timedText: null,
};

/**
 * `waiting` -> `running` -> `done`, `failed` or `cancelled`; from the last two by a retry back to `waiting`. A running
 * one becomes `paused` with its queue, and runs again when that goes on.
 */
export const QueueItemState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('waiting') }),
  /** null until the first progress. */
  z.strictObject({ kind: z.literal('running'), progress: z.nullable(ExportProgress) }),
  z.strictObject({ kind: z.literal('paused'), progress: z.nullable(ExportProgress) }),
  z.strictObject({
    kind: z.literal('done'),
    outputs: z.array(ExportOutput).check(z.maxLength(20_000)),
    durationMs: z.number().check(z.minimum(0)),
    bytes: z.int().check(z.minimum(0)),
  }),
  z.strictObject({ kind: z.literal('failed'), error: WireError }),
  z.strictObject({ kind: z.literal('cancelled') }),
]);
export type QueueItemState = z.infer<typeof QueueItemState>;

export const QueueItemId = z.int().check(z.minimum(1));

export const QueueItem = z.strictObject({
  /** Of this run of main; never used twice. */
  id: QueueItemId,
  /** The text's file, without its folder. */
  name: FileName,
  /** Where that is, as far as it is known: a browser tells only of folders that were chosen as a whole. May be empty. */
  folder: FolderPath,
  /** Of the text's file: tells how the items compare before they are read. */
  sizeBytes: z.int().check(z.minimum(0)),
  /** Extensions of the files that become of it, the audio's first. Before it begins they follow the choices. */
  kinds: z.array(z.string().check(z.minLength(1), z.maxLength(20))).check(z.minLength(1), z.maxLength(2)),
  state: QueueItemState,
  /** Some of its Markdown is read with its markup: there is more than Aside takes out. Known once it was read. */
  keepsMarkup: z.boolean(),
  /** Of one that runs. */
  littleRoom: z.nullable(LittleRoom),
});
export type QueueItem = z.infer<typeof QueueItem>;

export const ExportQueueState = z.strictObject({
  /** In the order in which they are made. */
  items: z.array(QueueItem).check(z.maxLength(MAX_QUEUE_ITEMS)),
  /** Ends by itself when nothing is left to do. */
  isRunning: z.boolean(),
  choices: ExportChoices,
  /** Where the audio goes; null where no folder has been chosen, and in browsers, which have their own. */
  outDir: z.nullable(FolderPath),
});
export type ExportQueueState = z.infer<typeof ExportQueueState>;

export const EMPTY_EXPORT_QUEUE: ExportQueueState = {
  items: [],
  isRunning: false,
  choices: DEFAULT_EXPORT_CHOICES,
  outDir: null,
};

/** Files that a page was given by the browser. */
export const AddFilesParams = z.strictObject({
  files: z.array(z.strictObject({ name: FileName, folder: FolderPath, bytes: DocumentBytes })).check(
    z.minLength(1),
    z.maxLength(MAX_FILES_PER_MESSAGE),
    z.refine((files) => files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0) <= MAX_DOCUMENT_BYTES, {
      error: `at most ${MAX_DOCUMENT_BYTES} bytes together`,
    }),
  ),
});
export type AddFilesParams = z.infer<typeof AddFilesParams>;

/** How many were added; fewer than were given where the queue is full. */
export const Added = z.strictObject({
  added: z.int().check(z.minimum(0), z.maximum(MAX_QUEUE_ITEMS)),
  isFull: z.boolean(),
});
export type Added = z.infer<typeof Added>;

/** What all items of a run are read with. */
export const StartQueueParams = z.strictObject({ voiceId: z.nullable(VoiceId), prosody: Prosody });
export type StartQueueParams = z.infer<typeof StartQueueParams>;
