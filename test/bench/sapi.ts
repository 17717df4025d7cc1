import process from 'node:process';
import { endNativeHosts, startNativeHost } from '../helpers/native-host.ts';
import { findWhyNoSapi, sapiEnv } from '../helpers/sapi-here.ts';
import { startEngines } from './harness/bench-engines.ts';
import { type Measure, measure } from './harness/measure.ts';
import { proseOf } from './harness/prose.ts';
import { createRandom } from './harness/random.ts';
import { type BenchContext, runBench } from './harness/run-bench.ts';
import { percentile, summarize } from './harness/stats.ts';
import { measureControlDelay } from './sapi/control-delay.ts';
import { measureGrowth } from './sapi/endurance.ts';
import { isScripted } from './sapi/sapi-host.ts';
import { measureEvents, measurePcm } from './sapi/throughput.ts';
import { stopHost } from './stop/cooperative-stop.ts';

/** What does SAPI cost, and what does it hold up? Under Mono with the scripted voice, on Windows with a real one. */
const SPEAK_MS = 3_000;
const EVENTS = 30_000;
const PCM_MB = 30;
const RUNS = 5;
const STOPS = 30;
const STOP_CHARS = 100_000;
const UTTERANCES = 1_000;
const STARTS = 10;

const NOTES = [
  `control-delay: pings to a host, ${SPEAK_MS / 1000} s idle (baseline) and ${SPEAK_MS / 1000} s while a speak blocks; after a first utterance.`,
  `event: ${EVENTS} visemes at once, from the voice to the far end of the host's channel; the bar is 40 000 a second.`,
  `pcm: ${PCM_MB} MB that count up, the same way, each sample looked at; the bar is 15 MB a second.`,
  `cancel: ${STOPS} each, as in the bench stop; baseline: the scripted engine, which has no CLR.`,
  `utterances: what a host has more after ${UTTERANCES} of them, when it has had 200.`,
  `ready: from fork to ready, ${STARTS} times in turn with a host of the scripted engine (baseline), which has no CLR.`,
];

async function run({ step, note }: BenchContext): Promise<Measure[]> {
  const whyNot = findWhyNoSapi();
  if (whyNot !== undefined) throw new Error(whyNot);
  try {
    step('control thread');
    const delays = await controlDelay();
    step('throughput');
    const throughput = isScripted ? await measureThroughput() : [];
    step(`${STOPS} stops of each kind`);
    const stops = await measureStops();
    step(`${UTTERANCES} utterances`);
    const growth = await measureEndurance();
    step(`${STARTS} starts`);
    const ready = await measureReady();
    for (const line of NOTES) note(line);
    if (!isScripted) note('event and pcm need the scripted voice and were not measured.');
    return [...delays, ...throughput, ...stops, ...growth, ...ready];
  } finally {
    await endNativeHosts();
  }
}

async function controlDelay(): Promise<Measure[]> {
  const { idle, blocked } = await measureControlDelay(SPEAK_MS);
  const [base, found] = [summarize(idle), summarize(blocked)];
  return [
    measure({ name: 'control-delay-p99', value: found.p99, unit: 'ms', baseline: base.p99, bar: 10 }),
    measure({ name: 'control-delay-max', value: found.max, unit: 'ms', baseline: base.max, bar: 30 }),
  ];
}

async function measureThroughput(): Promise<Measure[]> {
  const events = percentile(await measureEvents(EVENTS, RUNS), 0.5);
  const pcm = percentile(await measurePcm(PCM_MB, RUNS), 0.5);
  return [
    measure({ name: 'event-p50', value: events, unit: 'µs', bar: 1e6 / 40_000 }),
    measure({ name: 'pcm-p50', value: pcm, unit: 'ms/MB', bar: 1_000 / 15 }),
  ];
}

async function measureStops(): Promise<Measure[]> {
  const random = createRandom(1);
  const text = proseOf(STOP_CHARS);
  const sapi = await startEngines('sapi');
  const bare = await startEngines('scripted');
  const kinds = ['synthesising', 'starved'] as const;
  try {
    const ms = {
      synthesising: { sapi: [] as number[], bare: [] as number[] },
      starved: { sapi: [] as number[], bare: [] as number[] },
    };
    for (let i = 0; i < STOPS; i += 1) {
      for (const kind of kinds) {
        const delayMs = 10 + random() * 140;
        ms[kind].sapi.push((await stopHost(sapi, text, kind, delayMs)).ms);
        ms[kind].bare.push((await stopHost(bare, text, kind, delayMs)).ms);
      }
    }
    return kinds.map((kind) =>
      measure({
        name: `cancel-${kind}-p95`,
        value: summarize(ms[kind].sapi).p95,
        unit: 'ms',
        baseline: summarize(ms[kind].bare).p95,
        bar: 60,
      }),
    );
  } finally {
    await Promise.all([sapi.close(), bare.close()]);
  }
}

async function measureEndurance(): Promise<Measure[]> {
  const { rssMb, threads } = await measureGrowth(UTTERANCES);
  return [
    measure({ name: 'utterances-rss-growth', value: rssMb, unit: 'MB', bar: 10 }),
    ...(threads === null
      ? []
      : [measure({ name: 'utterances-thread-growth', value: threads, unit: 'threads', bar: 1 })]),
  ];
}

async function measureReady(): Promise<Measure[]> {
  const ms = { sapi: [] as number[], bare: [] as number[] };
  for (let i = 0; i < STARTS; i += 1) {
    for (const [kind, options] of [
      ['sapi', { engine: 'sapi', env: sapiEnv }],
      ['bare', { engine: 'scripted' }],
    ] as const) {
      const startedMs = performance.now();
      await startNativeHost(options);
      ms[kind].push(performance.now() - startedMs);
      await endNativeHosts();
    }
  }
  const [found, base] = [summarize(ms.sapi).p50, summarize(ms.bare).p50];
  return [
    measure({ name: 'ready-p50', value: found, unit: 'ms', baseline: base }),
    measure({ name: 'ready-over-bare-p50', value: found - base, unit: 'ms', bar: 250 }),
  ];
}

const bench = { name: 'sapi', engines: [isScripted ? 'sapi (scripted, Mono)' : 'sapi', 'scripted'], run };
process.exitCode = await runBench(bench, process.argv.slice(2), process);
