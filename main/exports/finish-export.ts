import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { writeAtomic } from '../files/write-atomic.ts';
import type { ExportJob } from './export-job.ts';
import { tagsOf } from './export-tags.ts';
import type { ExportWork } from './export-work.ts';
import { FINISHED, type Finished, type FinishedFile, readFinished } from './finished-export.ts';
import { byFile, FALLBACK_RATE_HZ, type OutputFile } from './output-files.ts';
import { partPath } from './part-names.ts';
import { moveInto } from './target-place.ts';
import { writeCompanions } from './write-companions.ts';

/** Completes the files and gives them their names. Made again after a kill it goes on where it was. */
export async function finishExport(job: ExportJob, work: ExportWork): Promise<FinishedFile[]> {
  const finished = (await readFinished(work.folder)) ?? (await complete(job, work));
  for (const { from, to } of finished.moves) {
    const made = work.folder.file(from);
    if (existsSync(made)) await moveInto(made, to); // else it was given its name by the run that was killed
  }
  return finished.files;
}

async function complete(job: ExportJob, work: ExportWork): Promise<Finished> {
  const finished: Finished = { moves: [], files: [] };
  const { split } = work.journal.recipe;
  const outputs = byFile(work.journal.joined);
  for (const file of outputs.keys()) {
    const output = await completeFile(job, work, file);
    const part = { number: file + 1, of: outputs.length, title: split.by === 'chapter' ? tagsOf(job, file).title : '' };
    const nameOf = (target: string): string => (split.by === 'nothing' ? target : partPath(target, part));
    const durationMs = (output.samples / output.sampleRateHz) * 1000;
    finished.moves.push({ from: basename(output.path), to: nameOf(work.folder.place) });
    finished.files.push({ path: nameOf(job.path), bytes: output.bytes, durationMs });
    for (const [from, target] of await writeCompanions(job, work, file, durationMs)) {
      finished.moves.push({ from, to: nameOf(target) });
    }
  }
  await work.whenRoom(() => writeAtomic(work.folder.file(FINISHED), [JSON.stringify(finished)]));
  return finished;
}

async function completeFile(job: ExportJob, { files, journal }: ExportWork, file: number): Promise<OutputFile> {
  const joined = journal.joined.filter((piece) => piece.file === file);
  const last = joined.at(-1);
  const tags = tagsOf(job, file, journal.joined);
  if (last?.sampleRateHz != null) return files.finish(file, joined, tags);
  // Nothing can be heard of the whole text: a file of no length.
  const state = await files.begin(file, FALLBACK_RATE_HZ);
  return files.finish(file, [{ ...(last as NonNullable<typeof last>), state }], tags);
}
