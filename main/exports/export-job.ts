import type { AudioContract } from '../../protocol/contract/audio-contract.ts';
import type { HostContract } from '../../protocol/contract/host-contract.ts';
import type { AudioFormat } from '../../protocol/model/audio-format.ts';
import type { ExportProgress, ExportSplit, LittleRoom } from '../../protocol/model/export.ts';
import type { FileBeginning } from '../../protocol/model/file-beginning.ts';
import type { Prosody } from '../../protocol/model/prosody.ts';
import type { Voice } from '../../protocol/model/voice.ts';
import type { HostPool } from '../hosts/host-pool.ts';
import type { Chapter } from './chapters.ts';
import type { SkippedText } from './render-piece.ts';
import type { CueLimits } from './timed-text/cue.ts';

/** What an export has to tell while it runs. */
export type ExportNotice =
  /** An earlier run had done so much, and this one goes on from there. */
  | { readonly kind: 'resumed'; readonly percent: number }
  /** An earlier run had been told to make something else; its work is gone. */
  | { readonly kind: 'started-over'; readonly changed: readonly string[] }
  /** The rest will probably need more than there is. It goes on all the same, and waits for room when there is none. */
  | ({ readonly kind: 'little-room' } & LittleRoom)
  /** There was little room, and somebody has made some. */
  | { readonly kind: 'enough-room' }
  | { readonly kind: 'disk-full'; readonly path: string }
  | { readonly kind: 'room-again' }
  /** Of a Markdown file, told by who read it. */
  | { readonly kind: 'keeps-markup' }
  | { readonly kind: 'skipped'; readonly skipped: SkippedText }
  /** It failed or was cancelled; what is done is kept for a later run. */
  | { readonly kind: 'kept'; readonly percent: number };

/** Remembers the folders of exports that are not done. Never rejects. */
export interface ExportRegister {
  /** False where it cannot be remembered. */
  note(folder: string): Promise<boolean>;
  forget(folder: string): Promise<void>;
}

/** The folder of a batch, for files that leave nothing to go on with. */
export interface SharedFolder {
  readonly path: string;
  /** What a host makes first of a file in it. */
  readonly beginning: FileBeginning;
  /** The path of one that is not there yet. */
  newFile(): string;
}

/**
 * `named`: only the file that the export is named after, and that a dialog has asked about. `olderThanMs`: only files that
 * were there, as they are, before that moment of their file system, in milliseconds since 1970.
 */
export type MayReplace = 'anything' | 'named' | 'nothing' | { readonly olderThanMs: number };

export interface ExportJob {
  readonly text: string;
  /** The file that the text came from, absolute. */
  readonly inputPath?: string;
  readonly voice: Voice;
  readonly prosody: Prosody;
  readonly pool: HostPool<HostContract>;
  readonly audio: HostPool<AudioContract>;
  /** The file to make. Split, its name is that of the series. */
  readonly path: string;
  /** What of the files that exist is replaced when the new ones are whole. Default: `anything`. */
  readonly mayReplace?: MayReplace;
  /** Default: WAV. */
  readonly format?: AudioFormat;
  /** Default: by nothing. */
  readonly split?: ExportSplit;
  /** Where the chapters begin, and what they are called. */
  readonly chapters?: readonly Chapter[];
  readonly title?: string;
  readonly author?: string;
  /** A JSON file for the boundaries; split, one for each file. */
  readonly timingsPath?: string | undefined;
  /** A file for subtitles, lyrics or cues, by its extension; split, one for each file. */
  readonly subtitlesPath?: string | undefined;
  readonly cueLimits?: CueLimits | undefined;
  /** The text of the app's queue that it is of, so that a later run knows both for one. */
  readonly queueKey?: string;
  /** Where it is remembered while it is not done, so that it can be offered again. Default: nowhere. */
  readonly unfinished?: ExportRegister;
  /** That it is one of, where it may replace anything: then a short text needs no folder of its own. */
  readonly batch?: SharedFolder;
  /** Pieces under way at the same time, at least 1; default 1. */
  readonly jobs?: number;
  /** Whether text that takes two hosts with it ends the export, or becomes a pause; default `stop`. */
  readonly onError?: 'stop' | 'skip';
  /**
   * Asked once it was cancelled: whether it can be gone on with later; default no. One that failed or was killed always
   * can.
   */
  keepsWhenCancelled?(): boolean;
  readonly signal?: AbortSignal;
  /** Bytes that may still be written where a file will be; null where nothing tells. Default: what the system says. */
  bytesFree?(path: string): Promise<number | null>;
  /**
   * Told when all is made and has its name. The work is removed once this has resolved, so that a kill leaves the work or
   * somebody who knows that it is done. Never rejects.
   */
  onMade?(): Promise<void>;
  onProgress?(progress: ExportProgress): void;
  onNotice?(notice: ExportNotice): void;
}

export interface ExportSummary {
  readonly durationMs: number;
  /** Of all files together. */
  readonly bytes: number;
  readonly files: { path: string; bytes: number; durationMs: number }[];
  readonly characters: number;
  readonly segments: number;
  readonly words: number;
  readonly skipped: SkippedText[];
  /** Of this run. */
  readonly elapsedMs: number;
  /** The processes that spoke, in the order in which they were first used, with the requests that each was given. */
  readonly hosts: { pid: number; requests: number }[];
}
