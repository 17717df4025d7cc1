import process from 'node:process';
import { type BenchEngines, startEngines } from './harness/bench-engines.ts';
import { killCommand } from './harness/espeak-command.ts';
import { type Measure, measure } from './harness/measure.ts';
import { proseOf } from './harness/prose.ts';
import { createRandom } from './harness/random.ts';
import { type BenchContext, runBench } from './harness/run-bench.ts';
import { summarize } from './harness/stats.ts';
import { type Stop, type StopWhile, stopHost } from './stop/cooperative-stop.ts';
import { skipDeafSentence } from './stop/forced-stop.ts';

/** How soon is a host idle that is told to stop, and how soon does speech go on when it does not listen? */
const RUNS = 30;
const TEXT_CHARS = 100_000;
/** The stop comes at a random moment so long after the first audio. */
const DELAY_MS = { min: 10, max: 150 };
const COOPERATIVE_P95_BAR_MS = 60;
const FORCED_P95_BAR_MS = 300;

const NOTES = [
  `${RUNS} runs of each, taking turns: one call with ${TEXT_CHARS} characters and ten seconds of credit, as the product`,
  'grants, is cancelled; from the cancel to the host’s answer that it is idle. synthesising: what arrives is granted again',
  `at once; cancelled ${DELAY_MS.min} to ${DELAY_MS.max} ms (random) after the first audio. starved: nothing is granted again; cancelled as`,
  'long after the ten seconds were there. unlimited: as synthesising, but with credit without limit, which the product',
  'never grants: audio that is under way has no bound. Baseline: espeak-ng --stdout, from SIGKILL to its exit.',
  'forced: a play whose engine has gone deaf skips to the next sentence; from the skip to its first audio, from the',
  'spare. Baseline: the same without a spare.',
];

async function run(context: BenchContext): Promise<Measure[]> {
  const cooperative = await measureCooperative(context);
  const forced = await measureForced(context);
  for (const line of NOTES) context.note(line);
  return [...cooperative, ...forced];
}

interface Series {
  readonly name: string;
  readonly engines: BenchEngines;
  readonly stopWhile: StopWhile;
  readonly stops: Stop[];
}

async function measureCooperative({ step }: BenchContext): Promise<Measure[]> {
  const random = createRandom(1);
  const text = proseOf(TEXT_CHARS);
  const native = await startEngines('espeak native');
  const wasm = await startEngines('espeak wasm');
  const series: readonly Series[] = [
    { name: 'native-synthesising', engines: native, stopWhile: 'synthesising', stops: [] },
    { name: 'native-starved', engines: native, stopWhile: 'starved', stops: [] },
    { name: 'native-unlimited', engines: native, stopWhile: 'unlimited', stops: [] },
    { name: 'wasm-synthesising', engines: wasm, stopWhile: 'synthesising', stops: [] },
    { name: 'wasm-starved', engines: wasm, stopWhile: 'starved', stops: [] },
  ];
  const commandMs: number[] = [];
  step(`cooperative: ${RUNS} runs each of ${series.map(({ name }) => name).join(', ')}`);
  try {
    for (let index = 0; index < RUNS; index += 1) {
      for (const { engines, stopWhile, stops } of series) {
        const delayMs = DELAY_MS.min + random() * (DELAY_MS.max - DELAY_MS.min);
        stops.push(await stopHost(engines, text, stopWhile, delayMs));
      }
      commandMs.push(await killCommand(native.voice, text));
    }
  } finally {
    await Promise.all([native.close(), wasm.close()]);
  }
  const killed = series.flatMap(({ stops }) => stops).filter(({ wasKilled }) => wasKilled).length;
  return [
    ...series.flatMap(({ name, stopWhile, stops }) =>
      compare(name, inMs(stops), commandMs, stopWhile === 'unlimited' ? undefined : COOPERATIVE_P95_BAR_MS),
    ),
    measure({ name: 'cooperative-hosts-killed', value: killed, unit: 'hosts', bar: 0 }),
  ];
}

function inMs(stops: readonly Stop[]): number[] {
  return stops.map(({ ms }) => ms);
}

async function measureForced({ step }: BenchContext): Promise<Measure[]> {
  const withSpare = await startEngines('scripted');
  const withoutSpare = await startEngines('scripted', { spares: 0 });
  const ms = { withSpare: [] as number[], withoutSpare: [] as number[] };
  step(`forced: ${RUNS} runs each with and without a spare`);
  try {
    for (let index = 0; index < RUNS; index += 1) {
      ms.withSpare.push(await skipDeafSentence(withSpare, true));
      ms.withoutSpare.push(await skipDeafSentence(withoutSpare, false));
    }
  } finally {
    await Promise.all([withSpare.close(), withoutSpare.close()]);
  }
  return compare('forced-next-audio', ms.withSpare, ms.withoutSpare, FORCED_P95_BAR_MS);
}

function compare(
  name: string,
  samples: readonly number[],
  baseline: readonly number[],
  p95Bar: number | undefined,
): Measure[] {
  const [found, base] = [summarize(samples), summarize(baseline)];
  return [
    measure({ name: `${name}-p50`, value: found.p50, unit: 'ms', baseline: base.p50 }),
    measure({
      name: `${name}-p95`,
      value: found.p95,
      unit: 'ms',
      baseline: base.p95,
      ...(p95Bar !== undefined && { bar: p95Bar }),
    }),
  ];
}

const bench = { name: 'stop', engines: ['espeak native', 'espeak wasm', 'scripted'], run };
process.exitCode = await runBench(bench, process.argv.slice(2), process);
