import process from 'node:process';
import { compareWords } from './crash/compare-words.ts';
import { type ReadThrough, readThrough } from './crash/read-through.ts';
import { startEngines } from './harness/bench-engines.ts';
import { type Measure, measure } from './harness/measure.ts';
import { proseOf } from './harness/prose.ts';
import { createRandom } from './harness/random.ts';
import { type BenchContext, runBench } from './harness/run-bench.ts';
import { summarize } from './harness/stats.ts';

/** What does a listener lose when the host that speaks is killed? */
const KILLS = 20;
const TEXT_CHARS = 200_000;
/** Speech between two kills lasts a random time. */
const PAUSE_MS = { min: 150, max: 900 };
const GAP_P95_BAR_MS = 500;

async function run({ step, note }: BenchContext): Promise<Measure[]> {
  const random = createRandom(1);
  const nextPauseMs = (): number => PAUSE_MS.min + random() * (PAUSE_MS.max - PAUSE_MS.min);
  const text = proseOf(TEXT_CHARS);
  const engines = await startEngines('espeak native');
  const disturbed: ReadThrough[] = [];
  try {
    step(`undisturbed: ${TEXT_CHARS} characters`);
    const undisturbed = await readThrough(engines, text, { count: 0, nextPauseMs });
    const killsLeft = (): number => KILLS - disturbed.reduce((sum, { gapsMs }) => sum + gapsMs.length, 0);
    while (killsLeft() > 0) {
      step(`the same with kills, ${killsLeft()} to go`);
      disturbed.push(await readThrough(engines, text, { count: killsLeft(), nextPauseMs }));
    }
    return measuresOf(undisturbed, disturbed, note);
  } finally {
    await engines.close();
  }
}

function measuresOf(
  undisturbed: ReadThrough,
  disturbed: readonly ReadThrough[],
  note: BenchContext['note'],
): Measure[] {
  const broken = disturbed.reduce((sum, { brokenSegments }) => sum + brokenSegments.size, 0);
  const gaps = disturbed.flatMap(({ gapsMs }) => gapsMs);
  const differences = disturbed.map(({ words, brokenSegments }) =>
    compareWords(undisturbed.words, words, brokenSegments),
  );
  const total = (of: 'lost' | 'repeated' | 'repeatedOutside'): number =>
    differences.reduce((sum, difference) => sum + difference[of], 0);
  const changed = disturbed.reduce(
    (sum, { audio }) => sum + undisturbed.audio.filter((digest, index) => audio[index] !== digest).length,
    0,
  );
  for (const line of notes(disturbed.length, gaps.length - broken)) note(line);
  const gap = summarize(gaps);
  const usual = summarize(undisturbed.intervalsMs);
  const words = undisturbed.words.length;
  return [
    measure({ name: 'kills', value: gaps.length, unit: 'kills' }),
    measure({ name: 'gap-p50', value: gap.p50, unit: 'ms', baseline: usual.p50 }),
    measure({ name: 'gap-p95', value: gap.p95, unit: 'ms', baseline: usual.p95, bar: GAP_P95_BAR_MS }),
    measure({ name: 'gap-max', value: gap.max, unit: 'ms', baseline: usual.max }),
    measure({ name: 'words-lost', value: total('lost'), unit: 'words', baseline: words, bar: 0 }),
    measure({ name: 'words-repeated', value: total('repeated'), unit: 'words' }),
    measure({ name: 'words-repeated-outside', value: total('repeatedOutside'), unit: 'words', bar: 0 }),
    measure({
      name: 'segments-with-other-audio',
      value: changed,
      unit: 'segments',
      baseline: undisturbed.audio.length,
    }),
  ];
}

function notes(readings: number, killsBetweenSegments: number): string[] {
  return [
    `SIGKILL to the host that is speaking, after ${PAUSE_MS.min} to ${PAUSE_MS.max} ms (random) of speech, in ${readings} readings of ${TEXT_CHARS}`,
    'characters. The page has the product’s ten seconds of credit and hears all audio the moment it arrives, so hosts',
    'synthesise without a pause: a listener in real time would have ten seconds in hand and hear no gap.',
    'gap: from the kill to the first audio in main of the host that took over. Baseline: the time between two pieces of',
    'audio in the undisturbed reading. Words: as announced, against that reading; a segment’s audio, by its SHA-1.',
    `Kills that came too late to break a segment: ${killsBetweenSegments}. Restart limits are the product’s own.`,
  ];
}

const bench = { name: 'crash', engines: ['espeak native'], run };
process.exitCode = await runBench(bench, process.argv.slice(2), process);
