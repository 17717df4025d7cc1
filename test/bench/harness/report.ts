import { z } from 'zod';
import { Machine } from './machine.ts';
import { isRate, Measure } from './measure.ts';

/** What `--json` prints on the last line. */
export const Report = z.strictObject({ bench: z.string(), machine: Machine, measures: z.array(Measure).min(1) });
export type Report = z.infer<typeof Report>;

const HEADINGS = ['measure', 'value', 'baseline', 'ratio', 'bar', ''];

/** One line, without its end. Numbers have three decimals at most; `ok` was decided before. */
export function toJsonLine(report: Report): string {
  return JSON.stringify(report, (_, value) => (typeof value === 'number' ? Number(value.toFixed(3)) : value));
}

/** For people. */
export function toTable({ bench, machine, measures }: Report): string {
  const rows = measures.map((found) => [
    found.name,
    `${shown(found.value)} ${found.unit}`,
    found.baseline === null ? '' : shown(found.baseline),
    found.ratio === null ? '' : `${shown(found.ratio)} x`,
    found.bar === null ? '' : `${isRate(found.unit) ? '>=' : '<='} ${shown(found.bar)}`,
    found.ok === null ? '' : found.ok ? 'ok' : 'MISSED',
  ]);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const memory = `${Math.round(machine.memoryBytes / 2 ** 30)} GB`;
  const where = [machine.cpu, `${machine.cores} cores`, memory, `Node ${machine.node}`, machine.platform];
  return [
    `${bench}: ${machine.engines.join(', ')}; espeak-ng ${machine.espeak ?? 'not installed'}`,
    `${where.join(', ')}; load before ${shown(machine.loadBefore)}`,
    '',
    line(HEADINGS),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map(line),
  ].join('\n');
}

/** Three significant digits, or all before the point. */
function shown(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
