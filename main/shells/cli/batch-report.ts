import { basename } from 'node:path';
import type { ExportProgress } from '../../../protocol/model/export.ts';
import { BatchMeter, type BatchProgress, type WeighedItem } from '../../exports/batch-meter.ts';
import type { BatchOutcome } from '../../exports/export-batch.ts';
import type { ExportNotice } from '../../exports/export-job.ts';
import type { Console } from './console.ts';
import { describeNotice } from './export-notices.ts';
import { tellOutcome } from './tell-outcome.ts';
import { clock, createTerminalBar } from './terminal-bar.ts';

/** What is shown of a batch while it runs. Items are known by their `out`. */
export interface BatchReport {
  begin(out: string): void;
  progress(out: string, progress: ExportProgress): void;
  notice(out: string, notice: ExportNotice): void;
  outcome(outcome: BatchOutcome): void;
  /** Nothing more comes. */
  end(): void;
}

/** Tells of each item as it comes, and on a terminal how far the batch is, where people and no program read it. */
export function createBatchReport(items: readonly WeighedItem[], isJson: boolean, io: Console): BatchReport {
  const meter = new BatchMeter(items);
  const bar = createTerminalBar(io.stderr, {
    format: '{file}  all {bar} {percentage} %{left}',
    barChars: 12,
    isWanted: !isJson,
  });
  const draw = (): void => {
    if (!bar.isWanted) return;
    const progress = meter.read();
    if (progress.first) bar.draw(progress.share, { file: describeFirst(progress), left: left(progress) });
  };
  return {
    begin: (out) => {
      meter.begin(out);
      draw();
    },
    progress: (out, progress) => {
      meter.at(out, progress);
      draw();
    },
    notice: (out, notice) => {
      if (notice.kind === 'resumed') meter.resumed(out, notice.percent / 100);
      if (notice.kind === 'started-over') meter.resumed(out, 0);
      bar.clear();
      io.stderr.write(`aside: ${describeNotice(notice, basename(out))}\n`);
      draw();
    },
    outcome: (outcome) => {
      meter.end(outcome.out, outcome.kind === 'made');
      bar.clear();
      tellOutcome(outcome, isJson, io);
      if (outcome.kind !== 'cancelled') draw(); // as are all that follow: nothing is to look done
    },
    end: bar.clear,
  };
}

const MAX_NAME_CHARS = 24;

/** `3 of 12 bravo.txt 41 %, 0:50 left` */
function describeFirst({ first, of }: BatchProgress): string {
  if (!first) return '';
  const { input, out } = first.item;
  const name = [...basename(input === '' ? out : input)];
  const shown = name.length > MAX_NAME_CHARS ? `${name.slice(0, MAX_NAME_CHARS - 1).join('')}…` : name.join('');
  return `${first.number} of ${of} ${shown} ${Math.floor(first.share * 100)} %${left(first)}`;
}

const left = ({ remainingMs }: Pick<BatchProgress, 'remainingMs'>): string =>
  remainingMs === null ? '' : `, ${clock(remainingMs)} left`;
