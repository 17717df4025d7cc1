import { parseArgs } from 'node:util';
import { describeMachine } from './machine.ts';
import { type Measure, passes } from './measure.ts';
import { Report, toJsonLine, toTable } from './report.ts';

export interface BenchOutput {
  write(text: string): void;
}

export interface BenchContext {
  /** Tells what is going on, on stderr. */
  step(line: string): void;
  /** Tells how something was measured; shown below the table, or on stderr with `--json`. */
  note(line: string): void;
}

export interface Bench {
  readonly name: string;
  /** Kinds of engine that its hosts run. */
  readonly engines: readonly string[];
  run(context: BenchContext): Promise<Measure[]>;
}

/** How a bench ends: 0, or 1 when a bar was missed or nothing could be measured, or 2 for a wrong command line. */
export type BenchExitCode = 0 | 1 | 2;

/**
 * Runs one bench and prints what it found: a table, or with `--json` one object on the only line of stdout. Resolves
 * with the exit code and never rejects.
 */
export async function runBench(
  bench: Bench,
  args: readonly string[],
  output: { stdout: BenchOutput; stderr: BenchOutput },
): Promise<BenchExitCode> {
  const isJson = parseJsonFlag(args);
  if (isJson === undefined) {
    output.stderr.write(`npm run -s bench -- ${bench.name} [--json], not: ${args.join(' ')}\n`);
    return 2;
  }
  const machine = describeMachine(bench.engines);
  const notes: string[] = [];
  try {
    const measures = await bench.run({
      step: (line) => output.stderr.write(`${line}\n`),
      note: (line) => notes.push(line),
    });
    const report = Report.parse({ bench: bench.name, machine, measures });
    const noted = notes.map((line) => `  ${line}\n`).join('');
    if (isJson) {
      output.stderr.write(noted);
      output.stdout.write(`${toJsonLine(report)}\n`);
    } else {
      output.stdout.write(`${toTable(report)}\n\n${noted}`);
    }
    return passes(measures) ? 0 : 1;
  } catch (error) {
    output.stderr.write(`${bench.name} could not be measured: ${describe(error)}\n`);
    return 1;
  }
}

function parseJsonFlag(args: readonly string[]): boolean | undefined {
  try {
    return parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } }).values.json;
  } catch {
    return undefined; // an unknown option or a stray word
  }
}

/** With the remedy of an AsideError; with the stack of a defect. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const remedy = 'remedy' in error && error.remedy !== '' ? ` ${String(error.remedy)}` : '';
  return remedy === '' ? (error.stack ?? error.message) : `${error.message}.${remedy}`;
}
