import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { AsideError } from '../../protocol/errors.ts';
import { writeAtomic } from '../files/write-atomic.ts';
import type { ExportJob } from './export-job.ts';
import { tagsOf } from './export-tags.ts';
import type { ExportWork } from './export-work.ts';
import { type Finished, type FinishedFile, finishedKeyOf, sizeOf } from './finished-export.ts';
import { requireFreeNames } from './free-targets.ts';
import type { JoinedPiece } from './journal.ts';
import { byFile, FALLBACK_RATE_HZ, type OutputFile } from './output-files.ts';
import { partPath } from './part-names.ts';
import { moveInto } from './target-place.ts';
import { FINISHED } from './work-folder.ts';
import { writeCompanions } from './write-companions.ts';

/**
 * Completes the files and gives them their names. Made again after a kill it goes on where it was. Rejects with `refused`
 * (`nothing-spoken`) where every piece of the text had to be skipped, and with `refused` (`target-exists`) where a file is
 * in the way that the job may not replace.
 */
export async function finishExport(job: ExportJob, work: ExportWork): Promise<FinishedFile[]> {
  const finished = work.finished ?? (await complete(job, work));
  const { folder } = work;
  const moves = finished.moves.map(({ from, to }) => ({ from: folder.file(from), to }));
  await requireFreeNames(job, folder.place, moves);
  for (const { from, to } of moves) {
    if (existsSync(from)) await moveInto(from, to); // else it was given its name by the run that was killed
  }
  return finished.files;
}

async function complete(job: ExportJob, work: ExportWork): Promise<Finished> {
  const { folder, recipe, journal, whenRoom } = work;
  const { split } = recipe;
  const finished: Finished = { key: finishedKeyOf(job, recipe), moves: [], files: [] };
  const outputs = byFile(journal.joined);
  for (const [file, joined] of outputs.entries()) {
    const output = await completeFile(job, work, file, joined);
    const tags = tagsOf(job, file, joined);
    const part = { number: file + 1, of: outputs.length, title: split.by === 'chapter' ? tags.title : '' };
    const nameOf = (target: string): string => (split.by === 'nothing' ? target : partPath(target, part));
    const durationMs = (output.samples / output.sampleRateHz) * 1000;
    const move = async (from: string, to: string): Promise<void> => {
      finished.moves.push({ from, to, bytes: (await sizeOf(folder.file(from))) ?? 0 });
    };
    await move(basename(output.path), nameOf(folder.place));
    const path = split.by === 'nothing' ? job.path : nameOf(folder.place);
    finished.files.push({ path, bytes: output.bytes, durationMs });
    const made = { file, title: tags.title, durationMs };
    for (const [from, target] of await writeCompanions(job, work, made)) await move(from, nameOf(target));
  }
  await whenRoom(() => writeAtomic(folder.file(FINISHED), [JSON.stringify(finished)]));
  return finished;
}

async function completeFile(
  job: ExportJob,
  { files, journal }: ExportWork,
  file: number,
  joined: readonly JoinedPiece[],
): Promise<OutputFile> {
  const last = joined.at(-1);
  const tags = tagsOf(job, file, joined);
  if (!last) throw new Error(`file ${file} of an export has no pieces`);
  if (last.sampleRateHz !== null) return files.finish(file, joined, tags);
  if (journal.joined.some(({ skipped }) => skipped.length > 0)) throw nothingSpoken();
  // Nothing can be heard of the whole text: a file of no length.
  const state = await files.begin(file, FALLBACK_RATE_HZ, joined);
  return files.finish(file, [{ ...last, state }], tags);
}

function nothingSpoken(): AsideError<'refused'> {
  return new AsideError('refused', 'The voice could not speak any of the text: nothing but pauses would be left', {
    details: { reason: 'nothing-spoken' },
    remedy: 'Try another voice.',
  });
}
