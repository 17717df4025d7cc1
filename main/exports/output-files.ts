import { existsSync } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import type { AudioContract, AudioFileState } from '../../protocol/contract/audio-contract.ts';
import type { Result } from '../../protocol/contract/define-contract.ts';
import type { AudioTags } from '../../protocol/model/audio-format.ts';
import { BYTES_PER_SAMPLE } from '../../protocol/model/pcm.ts';
import type { HostPool } from '../hosts/host-pool.ts';
import type { RetryPolicy } from '../hosts/retry-policy.ts';
import type { ChapterOf } from './export-tags.ts';
import type { ExportRecipe, JoinedPiece } from './journal.ts';
import { type PartToVerify, partsToVerify } from './parts-to-verify.ts';
import { removeTemporary } from './remove-temporary.ts';
import { silenceBytes } from './silence.ts';
import type { WorkFolder } from './work-folder.ts';

/** A piece as it goes into a file: samples for WAV, encoded for the others. */
export interface PieceFile {
  readonly path: string;
  readonly bytes: number;
  readonly samples: number;
}

export interface OutputFilesParts {
  readonly audio: HostPool<AudioContract>;
  readonly folder: WorkFolder;
  readonly recipe: ExportRecipe;
  /** Whether a WAV file might need room for more than 4 GB. */
  readonly mayBeHuge: boolean;
  readonly signal: AbortSignal;
  whenRoom<T>(attempt: () => Promise<T>): Promise<T>;
  /** What is written into file number `file`, of which `joined` are pieces, times aside. */
  tagsOf(file: number, joined: readonly ChapterOf[]): AudioTags;
}

/** What one file of an export became. */
export interface OutputFile {
  readonly path: string;
  readonly bytes: number;
  readonly samples: number;
  readonly sampleRateHz: number;
}

/** One file in the making, or several where an export is split: pieces are joined to the last, by a host. */
export class OutputFiles {
  readonly #parts: OutputFilesParts;

  constructor(parts: OutputFilesParts) {
    this.#parts = parts;
  }

  pathOf(file: number): string {
    return this.#parts.folder.file(`audio-${String(file + 1).padStart(4, '0')}`);
  }

  /** Encodes samples, where the format is not the samples themselves. */
  async encode(pcmPath: string, audioBytes: number, sampleRateHz: number): Promise<PieceFile> {
    const { audio, recipe, signal, whenRoom } = this.#parts;
    if (recipe.format.kind === 'wav' || audioBytes === 0) {
      return { path: pcmPath, bytes: audioBytes, samples: audioBytes / BYTES_PER_SAMPLE };
    }
    const path = `${pcmPath}.${recipe.format.kind}`;
    const params = { pcmPath, path, format: recipe.format, sampleRateHz };
    const encoded = await whenRoom(() => settled(audio.start('piece.encode', params, { ...BACKGROUND, signal })));
    await removeTemporary(pcmPath);
    return { path, ...encoded };
  }

  /** Begins file number `file`, whose first pieces are `first`. */
  begin(file: number, sampleRateHz: number, first: readonly ChapterOf[]): Promise<AudioFileState> {
    return this.#writeHead(this.pathOf(file), file, sampleRateHz, first);
  }

  /** Joins a piece to file number `file`. */
  async append(
    file: number,
    state: AudioFileState,
    piece: PieceFile,
    sampleRateHz: number,
  ): Promise<Result<AudioContract, 'piece.append'>> {
    const { audio, recipe, signal, whenRoom } = this.#parts;
    const params = { path: this.pathOf(file), format: recipe.format, sampleRateHz, piecePath: piece.path, state };
    return whenRoom(() => settled(audio.start('piece.append', params, { ...AHEAD, signal })));
  }

  /** A piece of silence for so many skipped segments. */
  async silence(pauses: number, sampleRateHz: number): Promise<PieceFile> {
    const path = this.#parts.folder.file('silence.pcm');
    const bytes = silenceBytes(pauses, sampleRateHz);
    await this.#parts.whenRoom(() => writeFile(path, new Uint8Array(bytes)));
    return this.encode(path, bytes, sampleRateHz);
  }

  /** How many of the first `joined` pieces are still in their files, whole. */
  async intact(joined: readonly JoinedPiece[]): Promise<number> {
    let pieces = 0;
    for (const own of byFile(joined)) {
      const first = own.find((piece) => piece.added.length > 0);
      const added = own.flatMap((piece) => piece.added);
      if (!first) continue;
      const startBytes = first.state.bytes - first.added.reduce((sum, { bytes }) => sum + bytes, 0);
      if (!existsSync(this.pathOf(first.file))) return pieces;
      await this.#restoreHead(first);
      const intact = await this.#intactOf(this.pathOf(first.file), startBytes, added);
      if (intact === added.length) pieces += own.length;
      else return pieces + wholeAmong(own, intact);
    }
    return pieces;
  }

  /** How many additions, one behind the other from `startBytes` on, are whole. Several hosts read at a time. */
  async #intactOf(path: string, startBytes: number, added: JoinedPiece['added']): Promise<number> {
    const { audio, signal } = this.#parts;
    const verify = async (part: PartToVerify): Promise<boolean[]> => {
      const { intact } = await settled(audio.start('file.verify', { path, ...part }, { ...AHEAD, signal }));
      return part.pieces.map((_, at) => at < intact);
    };
    const parts = await Promise.allSettled(partsToVerify(startBytes, added).map(verify));
    const isWhole = parts.flatMap((part) => {
      if (part.status === 'rejected') throw part.reason; // only now: nobody is at the file any more
      return part.value;
    });
    const broken = isWhole.indexOf(false);
    return broken < 0 ? added.length : broken;
  }

  /** The head has no checksum, and a run that was killed may have begun to fill it in: it is made again. */
  async #restoreHead(first: JoinedPiece): Promise<void> {
    const path = this.#parts.folder.file('head');
    await this.#writeHead(path, first.file, first.sampleRateHz ?? FALLBACK_RATE_HZ, [{ chapter: first.chapter }]);
    const head = await readFile(path);
    const made = await open(this.pathOf(first.file), 'r+');
    await made.write(head, 0, head.byteLength, 0).finally(() => made.close());
    await removeTemporary(path);
  }

  #writeHead(path: string, file: number, sampleRateHz: number, first: readonly ChapterOf[]): Promise<AudioFileState> {
    const { audio, recipe, mayBeHuge, signal, tagsOf, whenRoom } = this.#parts;
    const params = { path, format: recipe.format, sampleRateHz, tags: tagsOf(file, first), mayBeHuge };
    return whenRoom(() => settled(audio.start('file.begin', params, { ...AHEAD, signal })));
  }

  /** Completes file number `file`, of which `joined` are the pieces. */
  async finish(file: number, joined: readonly JoinedPiece[], tags: AudioTags): Promise<OutputFile> {
    const { audio, recipe, mayBeHuge, signal, whenRoom } = this.#parts;
    const last = joined.at(-1);
    if (!last) throw new Error(`file ${file} of an export has no pieces`);
    const sampleRateHz = last.sampleRateHz ?? FALLBACK_RATE_HZ;
    const path = this.pathOf(file);
    const seekPoints = joined.map(({ state: { samples, bytes } }) => ({ samples, bytes }));
    const params = { path, format: recipe.format, sampleRateHz, tags, state: last.state, mayBeHuge, seekPoints };
    const { bytes } = await whenRoom(() => settled(audio.start('file.finish', params, { ...AHEAD, signal })));
    return { path, bytes, samples: last.state.samples, sampleRateHz };
  }
}

/** Of a text in which nothing can be heard: a file must have some rate. */
export const FALLBACK_RATE_HZ = 22_050;

/** A host that dies takes no export with it: every call leaves the same when it is made again. */
const RETRY: RetryPolicy = { times: 3, codes: ['host-exited', 'host-protocol', 'request-timeout'] };
const BACKGROUND = { priority: 'background' as const, retry: RETRY };
/** What a single file waits for goes before the encoding of further pieces. */
const AHEAD = { priority: -50, retry: RETRY };

/** Waits until the host has let go of its files, also when it fails: they may be removed then. */
async function settled<T>(call: { readonly result: Promise<T>; readonly settled: Promise<void> }): Promise<T> {
  try {
    return await call.result;
  } finally {
    await call.settled;
  }
}

export function byFile(joined: readonly JoinedPiece[]): JoinedPiece[][] {
  const files: JoinedPiece[][] = [];
  for (const piece of joined) {
    const own = files[piece.file] ?? [];
    files[piece.file] = own;
    own.push(piece);
  }
  return files;
}

/** Pieces of which all that they added is among the first `intact` additions. */
function wholeAmong(own: readonly JoinedPiece[], intact: number): number {
  let additions = 0;
  for (const [count, piece] of own.entries()) {
    additions += piece.added.length;
    if (additions > intact) return count;
  }
  return own.length;
}
