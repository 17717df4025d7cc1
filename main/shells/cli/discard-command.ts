import { createInterface } from 'node:readline/promises';
import { AsideError } from '../../../protocol/errors.ts';
import { fileError } from '../../exports/file-error.ts';
import type { Console } from './console.ts';
import type { DiscardRequest } from './export-request.ts';
import type { ExportTools } from './export-tools.ts';

/** Removes the work of exports that were begun and that nobody works at, after asking. */
export async function discardCommand(
  { unfinished, batches }: Pick<ExportTools, 'unfinished' | 'batches'>,
  { isSure }: DiscardRequest,
  io: Console,
): Promise<void> {
  const exports = await unfinished.list();
  const found = [
    ...exports.map((one) => ({
      folder: one.folder,
      done: `${one.percent} % done`,
      discard: () => unfinished.discard(one),
    })),
    ...(await batches.list()).map((one) => ({
      folder: one.folder,
      done: `${one.left.length} of ${one.batch.items.length} texts not begun`,
      discard: () => batches.discard(one),
    })),
  ];
  if (found.length === 0) {
    io.stdout.write('There is no unfinished export.\n');
    return;
  }
  for (const { folder, done } of found) io.stdout.write(`${folder}: ${done}\n`);
  if (!isSure && !(await ask(`Remove ${found.length === 1 ? 'it' : `these ${found.length}`}? [y/N] `, io))) {
    io.stdout.write('Nothing was removed.\n');
    return;
  }
  for (const one of found) {
    await one.discard().catch((cause: unknown) => {
      throw fileError(one.folder, cause);
    });
  }
  io.stdout.write('Removed.\n');
}

async function ask(question: string, io: Console): Promise<boolean> {
  if (!('isTTY' in io.stdin && io.stdin.isTTY)) {
    throw new AsideError('refused', 'There is nobody to ask: stdin is no terminal', {
      details: { reason: 'not-asked' },
      remedy: 'Say --yes to remove them without a question.',
    });
  }
  const lines = createInterface({ input: io.stdin, output: io.stderr as NodeJS.WriteStream });
  try {
    return /^y(?:es)?$/iu.test((await lines.question(question, { signal: io.interrupted })).trim());
  } catch {
    return false; // interrupted
  } finally {
    lines.close();
  }
}
