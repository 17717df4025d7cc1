import { basename } from 'node:path';
import type { BatchOutcome } from '../../exports/export-batch.ts';
import type { Console } from './console.ts';
import { describeSummary } from './export-summary.ts';

/** One line about an item that is done: on stdout what it became, on stderr why it did not. */
export function tellOutcome(outcome: BatchOutcome, isJson: boolean, io: Console): void {
  if (outcome.kind === 'failed') {
    const { message, remedy } = outcome.error;
    const name = basename(outcome.input === '' ? outcome.out : outcome.input);
    io.stderr.write(`aside: ${name} was not exported: ${message}\n${remedy === '' ? '' : `${remedy}\n`}`);
  }
  if (outcome.kind === 'made' && !isJson) io.stdout.write(`${outcome.out}: ${describeSummary(outcome.summary)}\n`);
}
