import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BenchEngines, startEngines, untilReady } from './harness/bench-engines.ts';
import { type LoopDelay, watchLoop, worst } from './harness/event-loop-delay.ts';
import { type Measure, measure } from './harness/measure.ts';
import { type BenchContext, runBench } from './harness/run-bench.ts';
import { renderInHost, sleepInHost, speakInHost } from './responsiveness/host-cases.ts';
import { blockInProcess } from './responsiveness/in-process.ts';

/** Does main stay punctual while a host sits in a native call? */
const ROUNDS = 2;
const WINDOW_MS = 10_000;
const IN_PROCESS_MS = 2_000;
const P99_OVER_IDLE_MS = 5;
const MAX_OVER_IDLE_MS = 20;

const NOTES = [
  `Milliseconds between the ticks of a 1 ms timer in main. Each case ${ROUNDS} x ${WINDOW_MS / 1000} s, taking turns;`,
  'of each, idle included, the worse round counts.',
  'idle: ready hosts with nothing to do. host-sleeps: FFI usleep in one call. host-renders: synthesis of 100 000',
  'characters a call into a file. host-speaks: the same with unlimited credit, all audio coming to main.',
  `in-process: the same calls in main itself, ${IN_PROCESS_MS / 1000} s each, for contrast.`,
];

async function run({ step, note }: BenchContext): Promise<Measure[]> {
  const scripted = await startEngines('scripted');
  const espeak = await startEngines('espeak native');
  try {
    const idle = { name: 'idle', body: () => sleep(WINDOW_MS), delays: [] as LoopDelay[] };
    const cases = [
      { name: 'host-sleeps', body: () => sleepInHost(scripted, WINDOW_MS), delays: [] as LoopDelay[] },
      { name: 'host-renders', body: () => renderInHost(espeak, WINDOW_MS), delays: [] as LoopDelay[] },
      { name: 'host-speaks', body: () => speakInHost(espeak, WINDOW_MS), delays: [] as LoopDelay[] },
    ];
    for (let round = 1; round <= ROUNDS; round += 1) {
      for (const { name, body, delays } of [idle, ...cases]) {
        step(`round ${round} of ${ROUNDS}: ${name}, ${WINDOW_MS / 1000} s`);
        await untilAllReady([scripted, espeak]);
        delays.push(await watchLoop(body));
      }
    }
    step('the same calls in this process, for contrast');
    const { sleeping, synthesising } = await blockInProcess(espeak.voice.id, IN_PROCESS_MS);
    const idleDelay = worst(idle.delays);
    for (const line of NOTES) note(line);
    return [
      measure({ name: 'idle-p99', value: idleDelay.p99, unit: 'ms' }),
      measure({ name: 'idle-max', value: idleDelay.max, unit: 'ms' }),
      ...cases.flatMap(({ name, delays }) => compare(name, worst(delays), idleDelay, true)),
      ...compare('in-process-sleep', sleeping, idleDelay, false),
      ...compare('in-process-synthesis', synthesising, idleDelay, false),
    ];
  } finally {
    await Promise.all([scripted.close(), espeak.close()]);
  }
}

async function untilAllReady(all: readonly BenchEngines[]): Promise<void> {
  await Promise.all(all.map(({ pool }) => untilReady(pool, 1)));
}

function compare(name: string, delay: LoopDelay, idle: LoopDelay, hasBar: boolean): Measure[] {
  const p99 = { name: `${name}-p99`, value: delay.p99, unit: 'ms', baseline: idle.p99 };
  const max = { name: `${name}-max`, value: delay.max, unit: 'ms', baseline: idle.max };
  if (!hasBar) return [measure(p99), measure(max)];
  return [measure({ ...p99, bar: idle.p99 + P99_OVER_IDLE_MS }), measure({ ...max, bar: idle.max + MAX_OVER_IDLE_MS })];
}

const bench = { name: 'responsiveness', engines: ['scripted', 'espeak native'], run };
process.exitCode = await runBench(bench, process.argv.slice(2), process);
