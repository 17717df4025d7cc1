import { basename, dirname, extname, join } from 'node:path';
import { outputNames } from './output-names.ts';
import type { QueueEntry } from './queue-entry.ts';
import { safeFileName } from './safe-file-name.ts';

/**
 * What the files of an entry are called, without extension. Throws `refused` with `name-collides` where another entry
 * of the queue has that name in the same folder; downloads have a folder each, so there none collide.
 */
export function titleFor(entry: QueueEntry, entries: readonly QueueEntry[], outDir: string | null): string {
  const stem = basename(entry.text.name, extname(entry.text.name));
  if (outDir === null) return safeFileName(stem);
  const rivals = entries.filter((other) => other === entry || isRival(other, outDir));
  const inputs = rivals.map(({ text }) => join(text.folder, text.name));
  const output = outputNames(inputs, outDir, '')[rivals.indexOf(entry)];
  if (output && 'error' in output) throw output.error;
  return output ? basename(output.path) : stem;
}

/** What failed or was cancelled has no file, and keeps no name from others; nor does what goes elsewhere. */
function isRival({ state, resumes }: QueueEntry, outDir: string): boolean {
  if (state.kind === 'failed' || state.kind === 'cancelled') return false;
  return resumes === null || dirname(resumes.path) === outDir;
}
