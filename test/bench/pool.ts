import process from 'node:process';
import { type Measure, measure } from './harness/measure.ts';
import { type BenchContext, runBench } from './harness/run-bench.ts';
import { percentile } from './harness/stats.ts';
import { createAsideContender, killOneOfTwo } from './pool/aside.ts';
import { type Contender, KILL, type KillOutcome } from './pool/contender.ts';
import { describeKills } from './pool/kill-table.ts';
import { rawFork, tinypool, workerpoolPeer } from './pool/node-peers.ts';
import { createPromisedContender } from './pool/promised-calls.ts';
import { createPythonContender } from './pool/python-peer.ts';
import { type Medians, questions, type Row } from './pool/rows.ts';

/** What does a call cost, beside what others make of it? */
const ROUNDS = 5;
const NEXT_CALL_BAR_MS = 5;

const NOTES = [
  `Medians of ${ROUNDS} rounds, in each of which all contenders take their turn at one question after the other. Same`,
  'payload for all: {value} there and back (object), one number (number), an array of bytes (echo; both ways count).',
  'aside: with all that it does for a call: parameters and results checked, deadlines, supervision, the engine’s own thread.',
  'fork: child_process.fork and its messages, serialization advanced, 200 under way in a map. tinypool: child_process,',
  'advanced. workerpool: process, advanced. python: multiprocessing.Pool.apply and map, by its two ways to start.',
  'map: 1 000 000 calls, of fork 100 000, of tinypool and workerpool 20 000. Aside’s in chunks of 25 000, as Python makes',
  'chunks, of a quarter of what each worker gets, by itself. start: to the first sign of life of one worker.',
  'next-after-kill: from the SIGKILL to the only worker at work to the answer of the next call; Aside has the warm spare',
  'that it keeps by default.',
];

async function run(context: BenchContext): Promise<Measure[]> {
  const pythons = [await createPythonContender('fork'), await createPythonContender('spawn')];
  const peers = [rawFork, tinypool, workerpoolPeer].map(createPromisedContender);
  const contenders = [createAsideContender(), ...peers, ...pythons];
  context.note(`Python ${pythons[0]?.version}.`);
  try {
    const found = await askAll(contenders, context);
    const kills = await killAll(contenders, context);
    for (const line of [...NOTES, ...describeKills(kills)]) context.note(line);
    return [...found, ...(await nextAfterKills(contenders, context)), ...measuresOfKills(kills)];
  } finally {
    await Promise.all(contenders.map((contender) => contender.close()));
  }
}

async function askAll(contenders: readonly Contender[], { step }: BenchContext): Promise<Measure[]> {
  const samples = new Map<string, number[]>();
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const { rows, ask } of questions) {
      step(`round ${round} of ${ROUNDS}: ${rows.map(({ name }) => name).join(', ')}`);
      for (const contender of contenders) {
        const answers = await ask(contender);
        rows.forEach((row, index) => {
          const key = keyOf(row, contender.name);
          samples.set(key, [...(samples.get(key) ?? []), answers[index] as number]);
        });
      }
    }
  }
  const medianOf = (row: Row, name: string): number => percentile(samples.get(keyOf(row, name)) ?? [], 0.5);
  return questions
    .flatMap(({ rows }) => rows)
    .flatMap((row) => {
      const medians = Object.fromEntries(contenders.map(({ name }) => [name, medianOf(row, name)]));
      return contenders.map(({ name }) => measureOf(row, name, medians));
    });
}

function keyOf(row: Row, name: string): string {
  return `${row.name}/${name}`;
}

function measureOf(row: Row, name: string, medians: Medians): Measure {
  const bar = name === 'aside' ? row.barOf?.(medians) : undefined;
  return measure({
    name: keyOf(row, name),
    value: medians[name] as number,
    unit: row.unit,
    ...(name !== 'fork' && { baseline: medians.fork as number }),
    ...(bar !== undefined && { bar }),
  });
}

async function killAll(contenders: readonly Contender[], { step }: BenchContext): Promise<Map<string, KillOutcome>> {
  const outcomes = new Map<string, KillOutcome>();
  for (const contender of contenders) {
    step(`a worker is killed in the middle of ${KILL.calls} calls: ${contender.name}`);
    outcomes.set(contender.name, await contender.kill());
    if (contender.name === 'aside') outcomes.set('aside-retrying', await killOneOfTwo(1));
  }
  return outcomes;
}

function measuresOfKills(outcomes: ReadonlyMap<string, KillOutcome>): Measure[] {
  const bars: Readonly<Record<string, number>> = { aside: 1, 'aside-retrying': 0 };
  return [...outcomes].flatMap(([name, { failed, unanswered }]) => {
    const bar = bars[name];
    return [
      measure({ name: `killed-failed/${name}`, value: failed, unit: 'calls', ...(bar !== undefined && { bar }) }),
      measure({
        name: `killed-unanswered/${name}`,
        value: unanswered,
        unit: 'calls',
        ...(bar !== undefined && { bar: 0 }),
      }),
    ];
  });
}

/** Nothing is said of those who do not answer at all. */
async function nextAfterKills(contenders: readonly Contender[], { step, note }: BenchContext): Promise<Measure[]> {
  const measures: Measure[] = [];
  for (const contender of contenders) {
    step(`the next call after a kill: ${contender.name}`);
    const times: number[] = [];
    while (times.length < ROUNDS) {
      const elapsedMs = await contender.nextAfterKill();
      if (elapsedMs === null) break;
      times.push(elapsedMs);
    }
    const name = `next-after-kill/${contender.name}`;
    if (times.length < ROUNDS) note(`${name}: not answered within ${KILL.waitMs / 1000} s`);
    else measures.push(measure({ name, value: percentile(times, 0.5), unit: 'ms', ...barOf(contender) }));
  }
  return measures;
}

function barOf({ name }: Contender): { bar?: number } {
  return name === 'aside' ? { bar: NEXT_CALL_BAR_MS } : {};
}

const bench = { name: 'pool', engines: ['bench'], run };
process.exitCode = await runBench(bench, process.argv.slice(2), process);
