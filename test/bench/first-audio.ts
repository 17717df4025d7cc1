import process from 'node:process';
import { sentencesOf } from '../../main/speech/sentences.ts';
import type { TextRange } from '../../protocol/model/text-range.ts';
import { type BenchEngines, startEngines, untilReady } from './harness/bench-engines.ts';
import { firstAudioByCommand } from './harness/espeak-command.ts';
import { type Measure, measure } from './harness/measure.ts';
import { openPlay, playUntilSpare } from './harness/page.ts';
import { proseOf } from './harness/prose.ts';
import { type BenchContext, runBench } from './harness/run-bench.ts';
import { summarize } from './harness/stats.ts';

/** How soon after the press of Play does main have sound? */
const RUNS = 30;
const WARM_UPS = 3;
const TEXT_CHARS = 200_000;
const NATIVE_P50_BAR_MS = 60;
const WASM_P50_BAR_MS = 250;

const NOTES = [
  `${RUNS} runs of each, taking turns, after ${WARM_UPS} that do not count; each run begins at another sentence of a text`,
  `of ${TEXT_CHARS} characters. From the start of a play in main (cutting the text included) to its first piece of audio`,
  'in main. Host and spare are ready and idle before each run, and the voice is known.',
  'Baseline: espeak-ng --stdout with that one sentence, from spawn to its first byte of audio.',
];

async function run({ step, note }: BenchContext): Promise<Measure[]> {
  const native = await startEngines('espeak native');
  const wasm = await startEngines('espeak wasm');
  const text = proseOf(TEXT_CHARS);
  const times: Record<'native' | 'wasm' | 'command', number[]> = { native: [], wasm: [], command: [] };
  try {
    await Promise.all([native, wasm].map((engines) => playUntilSpare(engines, text)));
    step(`${RUNS} runs each of native, wasm and the command`);
    for (const [index, sentence] of startingSentences(text, native.voice.language).entries()) {
      const samples = {
        native: await firstAudio(native, text, sentence.charIndex),
        wasm: await firstAudio(wasm, text, sentence.charIndex),
        command: await firstAudioByCommand(native.voice, sentenceIn(text, sentence)),
      };
      if (index < WARM_UPS) continue;
      for (const who of ['native', 'wasm', 'command'] as const) times[who].push(samples[who]);
    }
  } finally {
    await Promise.all([native.close(), wasm.close()]);
  }
  for (const line of NOTES) note(line);
  const [nativeMs, wasmMs, commandMs] = [times.native, times.wasm, times.command].map(summarize);
  if (!nativeMs || !wasmMs || !commandMs) throw new Error('three series were measured');
  const { p50, p95 } = commandMs;
  return [
    measure({ name: 'native-p50', value: nativeMs.p50, unit: 'ms', baseline: p50, bar: NATIVE_P50_BAR_MS }),
    measure({ name: 'native-p95', value: nativeMs.p95, unit: 'ms', baseline: p95 }),
    measure({ name: 'wasm-p50', value: wasmMs.p50, unit: 'ms', baseline: p50, bar: WASM_P50_BAR_MS }),
    measure({ name: 'wasm-p95', value: wasmMs.p95, unit: 'ms', baseline: p95 }),
  ];
}

/** Spread over the whole text. */
function startingSentences(text: string, language: string): TextRange[] {
  const all = [...sentencesOf(text, 0, text.length, language)];
  const count = RUNS + WARM_UPS;
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)]).filter(
    (sentence) => sentence !== undefined,
  );
}

function sentenceIn(text: string, { charIndex, charLength }: TextRange): string {
  return text.slice(charIndex, charIndex + charLength).trim();
}

/** Milliseconds. Rejects when the play fails before. */
async function firstAudio(engines: BenchEngines, text: string, startIndex: number): Promise<number> {
  await untilReady(engines.pool, 2);
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    const play = openPlay(engines, {
      text,
      startIndex,
      onItem: (item) => {
        if (item.kind === 'failed') reject(new Error(item.error.message));
        if (item.kind !== 'audio') return;
        resolve(performance.now() - startedMs);
        play.close();
      },
    });
  });
}

const bench = { name: 'first-audio', engines: ['espeak native', 'espeak wasm'], run };
process.exitCode = await runBench(bench, process.argv.slice(2), process);
