import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { WorkFolder } from './work-folder.ts';

const FinishedFile = z.strictObject({ path: z.string(), bytes: z.int(), durationMs: z.number() });
export type FinishedFile = z.infer<typeof FinishedFile>;

/** Written when everything is made and only names are missing: from then on an export that goes on only gives them. */
const Finished = z.strictObject({
  moves: z.array(z.strictObject({ from: z.string(), to: z.string() })),
  files: z.array(FinishedFile),
});
export type Finished = z.infer<typeof Finished>;

export const FINISHED = 'finished.json';

export async function readFinished(folder: WorkFolder): Promise<Finished | null> {
  const json = await readFile(folder.file(FINISHED), 'utf8').catch(() => null); // not there yet
  return json === null ? null : Finished.parse(JSON.parse(json));
}
