import { type FileHandle, open, readFile } from 'node:fs/promises';
import { AudioFileState } from '../../protocol/contract/audio-contract.ts';
import { AudioFormat } from '../../protocol/model/audio-format.ts';
import { ExportSplit } from '../../protocol/model/export.ts';
import { SampleRateHz } from '../../protocol/model/pcm.ts';
import { Prosody } from '../../protocol/model/prosody.ts';
import { CharCount } from '../../protocol/model/text-range.ts';
import { VoiceId } from '../../protocol/model/voice.ts';
import { z } from '../../protocol/schema.ts';

/** What makes the bytes of an export. An export goes on only where all of it is as it was. */
export const ExportRecipe = z.strictObject({
  textSha256: z.string(),
  voiceId: VoiceId,
  prosody: Prosody,
  format: AudioFormat,
  split: ExportSplit,
  title: z.string(),
  author: z.string(),
  chapters: z.array(z.strictObject({ charIndex: CharCount, title: z.string() })),
  wantBoundaries: z.boolean(),
  /** What cuts texts into sentences, whose versions do not all cut in the same places. */
  sentences: z.string(),
});
export type ExportRecipe = z.infer<typeof ExportRecipe>;

/** The first line: raised when texts are cut into pieces in another way, so that two ways are never mixed. */
const JOURNAL_VERSION = 1;
const Header = z.strictObject({ journal: z.literal(JOURNAL_VERSION), recipe: ExportRecipe });

/** A piece that is in its file. */
export const JoinedPiece = z.strictObject({
  piece: z.int().check(z.minimum(0)),
  /** Where its text ends. */
  endIndex: CharCount,
  /** Which of the files of a split export, from 0. */
  file: z.int().check(z.minimum(0)),
  /** Of the file, with the piece in it. */
  state: AudioFileState,
  /** What was added to the file, in order: nothing where nothing can be heard. */
  added: z.array(z.strictObject({ bytes: z.int().check(z.minimum(0)), crc32: z.int().check(z.minimum(0)) })),
  addedSamples: z.int().check(z.minimum(0)),
  /** null until something could be heard. */
  sampleRateHz: z.nullable(SampleRateHz),
  words: z.int().check(z.minimum(0)),
  segments: z.int().check(z.minimum(0)),
  /** Skipped segments for which no pause could be left yet, since nothing tells the rate. */
  pausesBefore: z.int().check(z.minimum(0)),
  /** Length of the log of the file's boundaries, with those of this piece. */
  boundaryBytes: z.int().check(z.minimum(0)),
  /** Which of the chapters it is of; null before the first. */
  chapter: z.nullable(z.int().check(z.minimum(0))),
  skipped: z.array(z.strictObject({ charIndex: CharCount, charLength: CharCount, text: z.string() })),
});
export type JoinedPiece = z.infer<typeof JoinedPiece>;

/**
 * What of an export is done, one JSON object a line: the recipe, then each piece once it is in its file. A line counts
 * when it is whole, so a process may be killed at any moment.
 */
export class Journal {
  readonly recipe: ExportRecipe;
  readonly #handle: FileHandle;
  readonly #joined: JoinedPiece[] = [];
  /** Where the line of each piece ends. */
  readonly #ends: number[] = [];
  readonly #headerBytes: number;

  private constructor(recipe: ExportRecipe, handle: FileHandle, headerBytes: number) {
    this.recipe = recipe;
    this.#handle = handle;
    this.#headerBytes = headerBytes;
  }

  /** Makes the file anew. Rejects with what the file system says. */
  static async create(path: string, recipe: ExportRecipe): Promise<Journal> {
    const handle = await open(path, 'w+');
    const line = lineOf({ journal: JOURNAL_VERSION, recipe });
    await handle.writeFile(line);
    return new Journal(recipe, handle, line.byteLength);
  }

  /** null where there is no journal of this version. Lines from the first broken one on are cut off. */
  static async open(path: string): Promise<Journal | null> {
    const lines = await readLines(path);
    const header = Header.safeParse(lines[0]?.value);
    if (!lines[0] || !header.success) return null;
    const journal = new Journal(header.data.recipe, await open(path, 'r+'), lines[0].end);
    for (const { value, end } of lines.slice(1)) {
      const piece = JoinedPiece.safeParse(value);
      if (!piece.success || piece.data.piece !== journal.#joined.length) break;
      journal.#joined.push(piece.data);
      journal.#ends.push(end);
    }
    await journal.cut(journal.#joined.length);
    return journal;
  }

  /** How much of the text is done, in UTF-16 units; changes nothing. Rejects with what the file system says. */
  static async peek(path: string): Promise<number> {
    const last = JoinedPiece.safeParse((await readLines(path)).at(-1)?.value);
    return last.success ? last.data.endIndex : 0;
  }

  get joined(): readonly JoinedPiece[] {
    return this.#joined;
  }

  /** Failed, it may be called again: it writes at the same place. */
  async add(piece: JoinedPiece): Promise<void> {
    const line = lineOf(piece);
    const start = this.#ends.at(-1) ?? this.#headerBytes;
    for (let done = 0; done < line.byteLength; ) {
      done += (await this.#handle.write(line, done, line.byteLength - done, start + done)).bytesWritten;
    }
    this.#joined.push(piece);
    this.#ends.push(start + line.byteLength);
  }

  /** Forgets all pieces but the first `count`. */
  async cut(count: number): Promise<void> {
    this.#joined.length = count;
    this.#ends.length = count;
    await this.#handle.truncate(this.#ends.at(-1) ?? this.#headerBytes);
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

const lineOf = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);

/** The whole lines of a file, each with the byte behind it; up to the first that is no JSON. None where there is no file. */
async function readLines(path: string): Promise<{ value: unknown; end: number }[]> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  const lines: { value: unknown; end: number }[] = [];
  for (let start = 0; ; ) {
    const newline = bytes.indexOf(0x0a, start);
    if (newline < 0) return lines;
    try {
      lines.push({ value: JSON.parse(bytes.toString('utf8', start, newline)), end: newline + 1 });
    } catch {
      return lines; // half a line that another was written behind
    }
    start = newline + 1;
  }
}
