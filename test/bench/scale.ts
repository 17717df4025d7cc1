import process from 'node:process';
import { type Measure, measure } from './harness/measure.ts';
import { type BenchContext, runBench } from './harness/run-bench.ts';
import { percentile } from './harness/stats.ts';
import { type Footprint, takeFootprint } from './scale/footprint.ts';
import { openScalePool } from './scale/open-pool.ts';
import { cancelCalls, mapCalls, type Queued, queueCalls } from './scale/queue-calls.ts';

/** Does anything grow with the number of calls, or does a call cost more when many wait? */
const HOSTS = 64;
const FEW = 10_000;
const MANY = 100_000;
const ROUNDS = 5;
/** How much more a call among many may cost. With ten times as many alive, collecting garbage alone costs some percent. */
const FLAT = 1.25;
const MB = 2 ** 20;
/** What V8 keeps beside live objects, and what it makes of code that has become hot; a byte a call would be more. */
const RSS_SLACK_MB = 8;
const HEAP_SLACK_MB = 1.5;

const NOTES = [
  `${HOSTS} hosts. All calls of a measure are started at once, with one abort signal for all, and wait in the queue.`,
  `Microseconds for each call, by the wall: medians of ${ROUNDS} rounds in each of which ${FEW}, then ${MANY} calls take their turn,`,
  `after a first ${FEW} that count for nothing. Two hosts are measured before, for comparison: that is one for each core.`,
  `What is held: baseline after the first ${FEW} calls of each kind, value after all, both with nothing under way; memory after garbage`,
  'collection. Descriptors, threads and memory of hosts as Linux counts them.',
];

interface Rounds {
  readonly few: number[];
  readonly many: number[];
}

async function run({ step, note }: BenchContext): Promise<Measure[]> {
  const warnings: Error[] = [];
  process.on('warning', (warning) => warnings.push(warning));
  const twoHosts = await measureTwoHosts(step);

  step(`${HOSTS} hosts: start`);
  const pool = await openScalePool(HOSTS, MANY);
  try {
    const hostPids = pool.status().flatMap(({ pid }) => pid ?? []);
    const looks: Queued[] = [await queueCalls(pool, FEW)];
    for (const usOf of [mapCalls, cancelCalls]) await usOf(pool, FEW); // so that V8 has compiled what comes later
    const before = await takeFootprint(hostPids);
    const queued = await measureRounds(step, 'queued', async (count) => {
      const look = await queueCalls(pool, count);
      looks.push(look);
      return look.usPerCall;
    });
    const mapped = await measureRounds(step, 'map', (count) => mapCalls(pool, count));
    const cancelled = await measureRounds(step, 'cancelled', (count) => cancelCalls(pool, count));
    const after = await takeFootprint(hostPids);
    for (const line of NOTES) note(line);
    for (const { message } of warnings) note(`Node warned: ${message}`);
    return [
      measure({ name: 'queued-10000', value: median(queued.few), unit: 'us', baseline: twoHosts }),
      flat('queued-100000', queued),
      measure({ name: 'map-10000', value: median(mapped.few), unit: 'us' }),
      flat('map-100000', mapped),
      measure({ name: 'cancelled-10000', value: median(cancelled.few), unit: 'us' }),
      // No bar: each is told by an error of its own, and what these cost the garbage collector is not the pool's.
      measure({
        name: 'cancelled-100000',
        value: median(cancelled.many),
        unit: 'us',
        baseline: median(cancelled.few),
      }),
      ...compare(before, after),
      measure({
        name: 'abort-listeners-waiting',
        value: Math.max(...looks.map((look) => look.listenersDuring)),
        unit: 'listeners',
        bar: 1,
      }),
      measure({
        name: 'abort-listeners-after',
        value: Math.max(...looks.map((look) => look.listenersAfter)),
        unit: 'listeners',
        bar: 0,
      }),
      measure({ name: 'warnings', value: warnings.length, unit: 'warnings', bar: 0 }),
      measure({ name: 'hosts-ended', value: pool.exits().length, unit: 'hosts', bar: 0 }),
    ];
  } finally {
    await pool.terminate();
  }
}

/** Microseconds for each of `FEW` queued calls. */
async function measureTwoHosts(step: BenchContext['step']): Promise<number> {
  step(`2 hosts: ${FEW} queued calls`);
  const pool = await openScalePool(2, FEW);
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) times.push((await queueCalls(pool, FEW)).usPerCall);
  await pool.terminate();
  return median(times.slice(1));
}

async function measureRounds(
  step: BenchContext['step'],
  what: string,
  usOf: (count: number) => Promise<number>,
): Promise<Rounds> {
  const rounds: Rounds = { few: [], many: [] };
  for (let round = 1; round <= ROUNDS; round += 1) {
    step(`${HOSTS} hosts: round ${round} of ${ROUNDS}, ${what}`);
    rounds.few.push(await usOf(FEW));
    rounds.many.push(await usOf(MANY));
  }
  return rounds;
}

function flat(name: string, { few, many }: Rounds): Measure {
  const baseline = median(few);
  return measure({ name, value: median(many), unit: 'us', baseline, bar: FLAT * baseline });
}

const median = (values: readonly number[]): number => percentile(values, 0.5);

function compare(before: Footprint, after: Footprint): Measure[] {
  const grown = (name: string, unit: string, was: number, is: number, slack = 0): Measure =>
    measure({ name, value: is, unit, baseline: was, bar: was + slack });
  const measures = [
    grown('main-rss', 'MB', before.rssBytes / MB, after.rssBytes / MB, RSS_SLACK_MB),
    grown('main-heap', 'MB', before.heapBytes / MB, after.heapBytes / MB, HEAP_SLACK_MB),
    grown('main-handles', 'handles', before.handles, after.handles),
    grown('main-listeners', 'listeners', before.listeners, after.listeners),
  ];
  const [was, is] = [before.kernel, after.kernel];
  if (!was || !is) return measures;
  return [
    ...measures,
    grown('descriptors', 'descriptors', was.descriptors, is.descriptors),
    grown('threads', 'threads', was.threads, is.threads),
    grown('children', 'processes', was.children, is.children),
    grown('hosts-rss', 'MB', was.hostsRssBytes / MB, is.hostsRssBytes / MB, RSS_SLACK_MB * HOSTS),
  ];
}

const bench = { name: 'scale', engines: ['bench'], run };
process.exitCode = await runBench(bench, process.argv.slice(2), process);
