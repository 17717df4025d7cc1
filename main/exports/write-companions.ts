import type { Boundary } from '../../protocol/model/boundary.ts';
import type { BoundaryLog } from './boundary-log.ts';
import type { ExportJob } from './export-job.ts';
import type { ExportWork } from './export-work.ts';
import { cuesOf } from './timed-text/cues.ts';
import { timedTextFormat } from './timed-text/timed-text-format.ts';
import { timingsJson } from './timings-json.ts';
import { writeText } from './write-text.ts';

/**
 * Writes the texts that go with file number `file` into the folder of the work: each with its name there and the target
 * that the job has for it.
 */
export async function writeCompanions(
  job: ExportJob,
  { boundaries, folder, whenRoom }: ExportWork,
  { file, title, durationMs }: { readonly file: number; readonly title: string; readonly durationMs: number },
): Promise<[from: string, target: string][]> {
  if (!boundaries) return [];
  const made: [string, string][] = [];
  const write = async (name: string, target: string, pieces: () => AsyncIterable<string>): Promise<void> => {
    await whenRoom(() => writeText(folder.file(name), pieces()));
    made.push([name, target]);
  };
  const { timingsPath, subtitlesPath, text, cueLimits } = job;
  if (timingsPath !== undefined) {
    await write(`timings-${file}`, timingsPath, () => timingsJson(boundaries.read(file), text));
  }
  if (subtitlesPath !== undefined) {
    const writeCues = timedTextFormat(subtitlesPath);
    if (!writeCues) throw new Error(`${subtitlesPath}: no format of subtitles has that extension`);
    const { author = '' } = job;
    const cues = () => cuesOf(boundariesOf(boundaries, file), text, durationMs, cueLimits);
    await write(`subtitles-${file}`, subtitlesPath, () => writeCues(cues(), { title, author, durationMs }));
  }
  return made;
}

async function* boundariesOf(log: BoundaryLog, file: number): AsyncGenerator<Boundary, void> {
  for await (const { boundary } of log.read(file)) yield boundary;
}
