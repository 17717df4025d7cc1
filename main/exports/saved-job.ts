import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { AudioFormat } from '../../protocol/model/audio-format.ts';
import { ExportSplit } from '../../protocol/model/export.ts';
import { Prosody } from '../../protocol/model/prosody.ts';
import { CharCount } from '../../protocol/model/text-range.ts';
import { VoiceId } from '../../protocol/model/voice.ts';
import { z } from '../../protocol/schema.ts';
import { writeAtomic } from '../files/write-atomic.ts';
import type { ExportJob } from './export-job.ts';
import { WAV, WHOLE } from './export-recipe.ts';
import { sha256Of } from './sha256.ts';
import { JOB, type WorkFolder } from './work-folder.ts';

/** What an export was told to make: enough to go on with it when whoever told it is gone. Its text lies beside it. Keys that a later version has added do not matter. */
export const SavedJob = z.object({
  /** Absolute. */
  path: z.string(),
  /** The file that the text came from; null where it came from elsewhere. */
  inputPath: z.nullable(z.string()),
  voiceId: VoiceId,
  prosody: Prosody,
  format: AudioFormat,
  split: ExportSplit,
  chapters: z.array(z.object({ charIndex: CharCount, title: z.string() })),
  title: z.string(),
  author: z.string(),
  timingsPath: z.optional(z.string()),
  subtitlesPath: z.optional(z.string()),
  cueLimits: z.optional(z.object({ maxLineChars: z.int().check(z.minimum(1)), maxLines: z.int().check(z.minimum(1)) })),
  onError: z.enum(['stop', 'skip']),
  queueKey: z.exactOptional(z.string()),
  mayReplace: z.exactOptional(
    z.union([z.enum(['anything', 'named', 'nothing']), z.object({ olderThanMs: z.number() })]),
  ),
});
export type SavedJob = z.infer<typeof SavedJob>;

/** As it is on disk. */
const Saved = z.object({
  textSha256: z.string(),
  job: SavedJob,
  /** Of a short text; a longer one is in a file of its own. */
  text: z.optional(z.string()),
});

const TEXT = 'text.txt';

/** Rejects with what the file system says. */
export function saveText(folder: WorkFolder, text: string): Promise<void> {
  return writeAtomic(folder.file(TEXT), [text]);
}

/** After the text, which it is about. Rejects with what the file system says. */
export async function saveJob(folder: WorkFolder, job: ExportJob, textSha256: string): Promise<void> {
  await writeAtomic(folder.file(JOB), [JSON.stringify({ textSha256, job: savedJobOf(job) })]);
}

/** Job and text in one file, for a folder in which nothing is yet: killed while it is written there is nothing to lose. */
export function wholeJob(job: ExportJob): string {
  const { text } = job;
  return JSON.stringify({ textSha256: sha256Of(text), job: savedJobOf(job), text });
}

function savedJobOf(job: ExportJob): SavedJob {
  const { timingsPath, subtitlesPath, cueLimits, queueKey, mayReplace } = job;
  return {
    path: job.path,
    inputPath: job.inputPath ?? null,
    voiceId: job.voice.id,
    prosody: job.prosody,
    format: job.format ?? WAV,
    split: job.split ?? WHOLE,
    chapters: [...(job.chapters ?? [])],
    title: job.title ?? '',
    author: job.author ?? '',
    onError: job.onError ?? 'stop',
    ...(timingsPath !== undefined && { timingsPath }),
    ...(subtitlesPath !== undefined && { subtitlesPath }),
    ...(cueLimits !== undefined && { cueLimits }),
    ...(queueKey !== undefined && { queueKey }),
    ...(mayReplace !== undefined && { mayReplace }),
  };
}

export interface FoundJob {
  readonly job: SavedJob;
  readonly text: string;
  /** When it was begun, of the file system that the audio is on. */
  readonly begunMs: number;
}

/** What lies in the folder `path`; null where it was killed before it had begun, or is not of this version. */
export async function readJob(path: string): Promise<FoundJob | null> {
  try {
    const saved = Saved.parse(JSON.parse(await readFile(join(path, JOB), 'utf8')));
    const { textSha256, job } = saved;
    const text = saved.text ?? (await readFile(join(path, TEXT), 'utf8'));
    if (sha256Of(text) !== textSha256) return null;
    // Whoever goes on writes the job again, and the text never.
    const { mtimeMs } = await stat(join(path, saved.text === undefined ? TEXT : JOB));
    return { job, text, begunMs: mtimeMs };
  } catch {
    return null; // half of it, or none
  }
}

/** Whether a job lies in the folder `path` that is whole, but of a version that this one does not understand. */
export async function isOfOtherVersion(path: string): Promise<boolean> {
  try {
    return !Saved.safeParse(JSON.parse(await readFile(join(path, JOB), 'utf8'))).success;
  } catch {
    return false;
  }
}

/** Whether what lies in the folder `path` is of the same job, whatever either may replace. */
export async function isBegun(path: string, job: ExportJob): Promise<boolean> {
  const saved = await readJob(path);
  if (saved?.text !== job.text) return false;
  const { mayReplace: _then, ...before } = saved.job;
  const { mayReplace: _now, ...now } = savedJobOf(job);
  return isDeepStrictEqual(before, now);
}
