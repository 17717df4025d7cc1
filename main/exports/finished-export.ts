import { readFile, stat } from 'node:fs/promises';
import { z } from '../../protocol/schema.ts';
import type { ExportJob } from './export-job.ts';
import type { ExportRecipe } from './journal.ts';
import { sha256Of } from './sha256.ts';
import { FINISHED, type WorkFolder } from './work-folder.ts';

const FinishedFile = z.strictObject({ path: z.string(), bytes: z.int(), durationMs: z.number() });
export type FinishedFile = z.infer<typeof FinishedFile>;

/** Written when everything is made and only names are missing: from then on an export that goes on only gives them. */
const Finished = z.strictObject({
  /** Of the job that made it. */
  key: z.string(),
  /** From a name in the folder to the target. */
  moves: z.array(z.strictObject({ from: z.string(), to: z.string(), bytes: z.int() })),
  files: z.array(FinishedFile),
});
export type Finished = z.infer<typeof Finished>;

/** The same for jobs that make the same files under the same names. */
export function finishedKeyOf(job: ExportJob, recipe: ExportRecipe): string {
  const { path, timingsPath = null, subtitlesPath = null, cueLimits = null } = job;
  const made = [recipe, path, timingsPath, subtitlesPath, cueLimits];
  return sha256Of(JSON.stringify(made));
}

/** What an earlier run of the same job has finished; null where it has not, or where not all of it is there any more. */
export async function readFinished(folder: WorkFolder, job: ExportJob, recipe: ExportRecipe): Promise<Finished | null> {
  const finished = await read(folder);
  if (finished?.key !== finishedKeyOf(job, recipe)) return null;
  for (const { from, to, bytes } of finished.moves) {
    // What is still in the folder would take the place of what has its name already: it has to be whole itself.
    if (((await sizeOf(folder.file(from))) ?? (await sizeOf(to))) !== bytes) return null;
  }
  return finished;
}

async function read(folder: WorkFolder): Promise<Finished | null> {
  try {
    return Finished.parse(JSON.parse(await readFile(folder.file(FINISHED), 'utf8')));
  } catch {
    return null; // not there yet, or of another version
  }
}

export async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ size }) => size,
    () => null,
  );
}
