import type { Voice } from '../../../protocol/model/voice.ts';
import type { Engines } from '../../speech/engines.ts';
import type { Console } from './console.ts';
import { untilInterrupted } from './until-interrupted.ts';

/**
 * Lists the voices: a table, or with `json` an array of `Voice`. Engines without voices, and voices that are installed and
 * of no use here, are explained on stderr.
 */
export async function voicesCommand(engines: Engines, options: { json?: boolean }, io: Console): Promise<void> {
  const { voices, problems, unusable } = await untilInterrupted(
    engines.voices.list(),
    io.interrupted,
    'listing the voices',
  );
  for (const problem of problems) io.stderr.write(`aside: ${problem.message}\n${problem.remedy}\n`);
  for (const { name, reason } of unusable) io.stderr.write(`aside: the voice ${name} cannot be used here. ${reason}\n`);
  io.stdout.write(options.json ? `${JSON.stringify(voices)}\n` : `${table(voices)}\n`);
}

function table(voices: readonly Voice[]): string {
  const rows = [['ID', 'LANGUAGE', 'GENDER', 'NAME'], ...voices.map((v) => [v.id, v.language, v.gender, v.name])];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}
