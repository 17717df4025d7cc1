import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Voice } from '../../protocol/model/voice.ts';
import { type ExportOutcome, exportCaseOf, runExportCase, serveExportCase } from './export/export-case.ts';
import { type EngineKind, startEngines } from './harness/bench-engines.ts';
import { makeTempDir } from './harness/cleanup.ts';
import { writeWavByCommand } from './harness/espeak-command.ts';
import { type Measure, measure } from './harness/measure.ts';
import { proseOf, readProse } from './harness/prose.ts';
import { type BenchContext, runBench } from './harness/run-bench.ts';
import { percentile } from './harness/stats.ts';

/** How fast is a book an audio file, and what does it cost main? */
const ROUNDS = 3;
const CHARS = 200_000;
const LONG_CHARS = 1_000_000;
const TIMES_COMMAND_BAR = 1.3;
const GROWTH_BAR_MB = 40;
const FLAT_WITHIN_MB = 10;
const MB = 2 ** 20;

const NOTES = [
  `Text: ${readProse().length} characters of prose, repeated up to ${CHARS} and ${LONG_CHARS}. native-time: from before the`,
  'first host is started until the WAV file is synced to disk and in its place; baseline espeak-ng -w with the same text,',
  `voice and speed, from spawn to exit, unsynced; ${ROUNDS} rounds taking turns, medians. Each export in a main process of`,
  'its own. Growth: the most that main’s resident memory (every 50 ms, and the kernel’s high-water mark) rose above',
  'where it was before hosts were started, with the text read and garbage collected. native: the worst round.',
  `Growth at ${LONG_CHARS} may be ${FLAT_WITHIN_MB} MB above that at ${CHARS} characters, its baseline.`,
];

async function run({ step, note }: BenchContext): Promise<Measure[]> {
  const voice = await voiceOf('espeak native');
  const dir = makeTempDir();
  const textPath = join(dir.path, 'text.txt');
  const longTextPath = join(dir.path, 'long-text.txt');
  const wavPath = join(dir.path, 'audio.wav');
  try {
    writeFileSync(textPath, proseOf(CHARS));
    writeFileSync(longTextPath, proseOf(LONG_CHARS));
    const natives: ExportOutcome[] = [];
    const commands: CommandOutcome[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      step(`round ${round} of ${ROUNDS}: the command, then native, ${CHARS} characters each`);
      commands.push(await byCommand(voice, textPath, wavPath));
      natives.push(await exported('espeak native', textPath, wavPath));
    }
    step(`wasm, ${CHARS} characters`);
    const wasm = await exported('espeak wasm', textPath, wavPath);
    step(`native, ${LONG_CHARS} characters`);
    const long = await exported('espeak native', longTextPath, wavPath);
    for (const line of NOTES) note(line);
    return measuresOf(natives, commands, wasm, long);
  } finally {
    dir.remove();
  }
}

interface CommandOutcome {
  readonly seconds: number;
  readonly bytes: number;
}

function measuresOf(
  natives: readonly ExportOutcome[],
  commands: readonly CommandOutcome[],
  wasm: ExportOutcome,
  long: ExportOutcome,
): Measure[] {
  const seconds = median(natives.map((native) => native.seconds));
  const commandSeconds = median(commands.map((command) => command.seconds));
  const audioSeconds = (natives[0]?.audioMs ?? 0) / 1000;
  const bar = TIMES_COMMAND_BAR * commandSeconds;
  const growth = Math.max(...natives.map(({ rss }) => rss.growthBytes)) / MB;
  const peak = Math.max(...natives.map(({ rss }) => rss.peakBytes)) / MB;
  const commandSpeed = audioSeconds / commandSeconds;
  const baseline = commandSeconds;
  return [
    measure({ name: 'native-time', value: seconds, unit: 's', baseline, bar }),
    measure({ name: 'native-times-real-time', value: audioSeconds / seconds, unit: 'x', baseline: commandSpeed }),
    measure({ name: 'native-bytes', value: natives[0]?.bytes ?? 0, unit: 'bytes', baseline: commands[0]?.bytes ?? 0 }),
    measure({ name: 'native-main-rss-growth', value: growth, unit: 'MB', bar: GROWTH_BAR_MB }),
    measure({ name: 'native-main-rss-peak', value: peak, unit: 'MB' }),
    measure({
      name: 'native-main-rss-growth-1000000',
      value: long.rss.growthBytes / MB,
      unit: 'MB',
      baseline: growth,
      bar: growth + FLAT_WITHIN_MB,
    }),
    measure({ name: 'native-time-1000000', value: long.seconds, unit: 's' }),
    measure({ name: 'wasm-time', value: wasm.seconds, unit: 's', baseline }),
    measure({
      name: 'wasm-times-real-time',
      value: wasm.audioMs / 1000 / wasm.seconds,
      unit: 'x',
      baseline: commandSpeed,
    }),
    measure({ name: 'wasm-main-rss-growth', value: wasm.rss.growthBytes / MB, unit: 'MB' }),
  ];
}

async function voiceOf(kind: EngineKind): Promise<Voice> {
  const { voice, close } = await startEngines(kind);
  await close();
  return voice;
}

async function byCommand(voice: Voice, textPath: string, wavPath: string): Promise<CommandOutcome> {
  const seconds = await writeWavByCommand(voice, textPath, wavPath);
  const { size } = statSync(wavPath);
  rmSync(wavPath);
  return { seconds, bytes: size };
}

/** The file goes at once: what the kernel has yet to write of it would slow down the next. */
async function exported(kind: EngineKind, textPath: string, wavPath: string): Promise<ExportOutcome> {
  const outcome = await runExportCase({ kind, textPath, audioPath: wavPath });
  rmSync(wavPath);
  return outcome;
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

const exportCase = exportCaseOf(process.argv.slice(2));
if (exportCase) await serveExportCase(exportCase);
else
  process.exitCode = await runBench(
    { name: 'export', engines: ['espeak native', 'espeak wasm'], run },
    process.argv.slice(2),
    process,
  );
