import type { AudioContract, AudioFileState } from '../../protocol/contract/audio-contract.ts';
import type { ParsedParams, Result } from '../../protocol/contract/define-contract.ts';
import type { DiskFile } from '../files/disk-file.ts';
import type { Work } from './work.ts';

export type BeginParams = ParsedParams<AudioContract, 'file.begin'>;
export type EncodeParams = ParsedParams<AudioContract, 'piece.encode'>;
export type AppendParams = ParsedParams<AudioContract, 'piece.append'>;
export type FinishParams = ParsedParams<AudioContract, 'file.finish'>;
export type EncodedPiece = Result<AudioContract, 'piece.encode'>;

/** Adds bytes to the end of a file. Throws `file`. */
export type Append = (bytes: Uint8Array) => void;

/** What the parts of a finished file are. */
export interface FileEnds {
  /** As long as that of `begin`. */
  readonly head: Uint8Array;
  /** What stands behind the last piece. */
  readonly tail: Uint8Array;
}

export interface Joined {
  readonly state: Omit<AudioFileState, 'bytes'>;
  /** Where the piece's first sample is heard. */
  readonly startSamples: number;
}

export interface Joint {
  readonly params: AppendParams;
  readonly piece: DiskFile;
  /** It ends where `params.state` says. */
  readonly file: DiskFile;
  readonly append: Append;
  readonly work: Work;
}

/** What is particular to one format. Each throws `file`, and those that are given a `work` also `request-cancelled`. */
export interface FileKind {
  /** The head of a new file, with room for what is known at its end only. */
  begin(params: BeginParams): Promise<{ head: Uint8Array; pages: number }>;
  /** Encodes samples into a new file. */
  encode(params: EncodeParams, work: Work): Promise<EncodedPiece>;
  /** Adds a piece to a file. */
  join(joint: Joint): Joined;
  finish(params: FinishParams, file: DiskFile): FileEnds;
}
