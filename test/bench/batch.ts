import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { pieceCharsOf, piecesOf } from '../../main/exports/export-plan.ts';
import type { AudioFormat } from '../../protocol/model/audio-format.ts';
import type { Voice } from '../../protocol/model/voice.ts';
import { aside, espeakOnAll, startAside, timed } from './batch/commands.ts';
import { type ExportOutcome, exportCaseOf, runExportCase, serveExportCase } from './export/export-case.ts';
import { startEngines } from './harness/bench-engines.ts';
import { makeTempDir } from './harness/cleanup.ts';
import { writeWavByCommand } from './harness/espeak-command.ts';
import { watchLoop } from './harness/event-loop-delay.ts';
import { type Measure, measure } from './harness/measure.ts';
import { proseOf } from './harness/prose.ts';
import { type BenchContext, runBench } from './harness/run-bench.ts';
import { percentile } from './harness/stats.ts';

/** How fast is a whole book, are many of them, in several processes and in the formats that people use? */
const BOOK_CHARS = 1_000_000;
/** Some ten hours of audio. */
const TEN_HOURS_CHARS = 625_000;
const ENCODED_CHARS = 100_000;
const SMALL_FILES = 200;
const SMALL_CHARS = 400;
const ROUNDS = 3;
/** They are short, and nearly as fast as each other: three would tell of the machine’s mood. */
const SMALL_ROUNDS = 9;
const MB = 2 ** 20;

const MP3: AudioFormat = { kind: 'mp3', bitrateKbps: 64, quality: null };
const OGG: AudioFormat = { kind: 'ogg', quality: 3 };

const NOTES = [
  `book: ${BOOK_CHARS} characters to WAV, in a main process of its own: by 1 host and by espeak-ng on the whole text once, by 2`,
  `hosts and by one espeak-ng for each of our pieces under xargs -P2, whose files nobody joins, each first in every other`,
  `round; medians of ${ROUNDS}. Speeds are characters a second. ten-hours: what ${TEN_HOURS_CHARS} characters by 2 hosts do to main;`,
  'idle: the bench’s own process waiting for 2 s.',
  `mp3, ogg: ${ENCODED_CHARS} characters by 2 hosts, against our WAV by 2 hosts and then lame -b 64 or oggenc -q 3 on it; medians`,
  `of ${ROUNDS}. resume: the whole command, then killed with 9 of 10 pieces done and run again; medians of ${ROUNDS}.`,
  `small: ${SMALL_FILES} texts of ${SMALL_CHARS} characters, by one command and by xargs -P2 espeak-ng, each first in every other`,
  `round; medians of ${SMALL_ROUNDS}.`,
];

interface Place {
  readonly voice: Voice;
  readonly dir: string;
}

async function run({ step, note }: BenchContext): Promise<Measure[]> {
  const { voice, close } = await startEngines('espeak native');
  await close();
  const dir = makeTempDir();
  try {
    const place = { voice, dir: dir.path };
    for (const line of NOTES) note(line);
    return [
      ...(await book(place, step)),
      ...(await tenHours(place, step)),
      ...(await encoded(place, step)),
      ...(await resumed(place, step)),
      ...(await small(place, step)),
    ];
  } finally {
    dir.remove();
  }
}

async function book({ voice, dir }: Place, step: BenchContext['step']): Promise<Measure[]> {
  const textPath = write(dir, 'book.txt', proseOf(BOOK_CHARS));
  const audioPath = join(dir, 'book.wav');
  const byHosts = async (jobs: number): Promise<ExportOutcome> => {
    step(`the book by ${jobs} of our hosts`);
    const outcome = await runExportCase({ kind: 'espeak native', textPath, audioPath, jobs });
    rmSync(audioPath);
    return outcome;
  };
  const one = await byHosts(1);
  step('the book by espeak-ng');
  const whole = await writeWavByCommand(voice, textPath, audioPath);
  rmSync(audioPath);
  const pieces = join(dir, 'pieces');
  writePieces(pieces, proseOf(BOOK_CHARS), voice.language);
  const ours: number[] = [];
  const theirs: number[] = [];
  const byXargs = async (): Promise<void> => {
    step('the pieces of the book by espeak-ng under xargs -P2');
    theirs.push(await espeakOnAll(voice, pieces));
  };
  for (let round = 1; round <= ROUNDS; round += 1) {
    if (round % 2 === 0) await byXargs();
    ours.push((await byHosts(2)).seconds);
    if (round % 2 !== 0) await byXargs();
  }
  rmSync(pieces, { recursive: true });
  const [two, xargs] = [median(ours), median(theirs)];
  const speed = (seconds: number): number => BOOK_CHARS / seconds;
  const best = speed(Math.min(whole, xargs));
  return [
    measure({ name: 'book-1-host', value: speed(one.seconds), unit: 'characters/s', baseline: speed(whole) }),
    measure({ name: 'book-2-hosts', value: speed(two), unit: 'characters/s', baseline: best, bar: 0.9 * best }),
    measure({
      name: 'book-2-hosts-time',
      value: two,
      unit: 's',
      baseline: one.seconds,
      bar: one.seconds / 1.7,
    }),
    measure({ name: 'espeak-ng', value: speed(whole), unit: 'characters/s' }),
    measure({ name: 'xargs-P2-espeak-ng', value: speed(xargs), unit: 'characters/s' }),
  ];
}

async function tenHours({ dir }: Place, step: BenchContext['step']): Promise<Measure[]> {
  step('a book of ten hours');
  const textPath = write(dir, 'ten-hours.txt', proseOf(TEN_HOURS_CHARS));
  const audioPath = join(dir, 'ten-hours.wav');
  const { audioMs, rss, loop } = await runExportCase({ kind: 'espeak native', textPath, audioPath, jobs: 2 });
  rmSync(audioPath);
  const idle = await watchLoop(() => delay(2_000));
  return [
    measure({ name: 'ten-hours-audio', value: audioMs / 3_600_000, unit: 'h' }),
    measure({ name: 'ten-hours-main-rss-growth', value: rss.growthBytes / MB, unit: 'MB', bar: 20 }),
    measure({ name: 'ten-hours-main-loop-p99', value: loop.p99, unit: 'ms', baseline: idle.p99, bar: idle.p99 + 5 }),
    measure({ name: 'ten-hours-main-loop-max', value: loop.max, unit: 'ms', baseline: idle.max }),
  ];
}

async function encoded({ dir }: Place, step: BenchContext['step']): Promise<Measure[]> {
  const textPath = write(dir, 'encoded.txt', proseOf(ENCODED_CHARS));
  const wav = join(dir, 'encoded.wav');
  const ours = async (format: AudioFormat, audioPath: string): Promise<number> =>
    (await runExportCase({ kind: 'espeak native', textPath, audioPath, format, jobs: 2 })).seconds;
  const seconds = {
    wav: [] as number[],
    mp3: [] as number[],
    ogg: [] as number[],
    lame: [] as number[],
    oggenc: [] as number[],
  };
  for (let round = 1; round <= ROUNDS; round += 1) {
    step(`MP3 and Ogg Vorbis, round ${round} of ${ROUNDS}`);
    seconds.wav.push(await ours({ kind: 'wav' }, wav));
    seconds.lame.push(await timed('lame', ['--quiet', '-b', '64', wav, join(dir, 'lame.mp3')]));
    seconds.oggenc.push(await timed('oggenc', ['-Q', '-q', '3', wav, '-o', join(dir, 'oggenc.ogg')]));
    seconds.mp3.push(await ours(MP3, join(dir, 'encoded.mp3')));
    seconds.ogg.push(await ours(OGG, join(dir, 'encoded.ogg')));
  }
  const byLame = median(seconds.wav) + median(seconds.lame);
  const byOggenc = median(seconds.wav) + median(seconds.oggenc);
  return [
    measure({ name: 'mp3', value: median(seconds.mp3), unit: 's', baseline: byLame, bar: 1.3 * byLame }),
    measure({ name: 'ogg', value: median(seconds.ogg), unit: 's', baseline: byOggenc, bar: 1.3 * byOggenc }),
  ];
}

async function resumed({ voice, dir }: Place, step: BenchContext['step']): Promise<Measure[]> {
  const text = proseOf(BOOK_CHARS / 2);
  const textPath = write(dir, 'resumed.txt', text);
  const out = join(dir, 'resumed.wav');
  const args = ['export', textPath, '--out', out, '--jobs', '2', '--voice', voice.id];
  const pieces = [...piecesOf(text, planOf(voice.language))].length;
  const wholes: number[] = [];
  const rests: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    step(`a book that is killed when 9 of 10 pieces are done, and gone on with, round ${round} of ${ROUNDS}`);
    wholes.push(await aside(args));
    rmSync(out);
    const killed = startAside(args);
    while (!killed.hasEnded() && lines(`${out}.part/journal.jsonl`) < 0.9 * pieces) await delay(5);
    if (killed.hasEnded()) throw new Error('the export that was to be killed has ended before');
    await killed.kill();
    rests.push(await aside(args));
    rmSync(out);
  }
  const baseline = median(wholes);
  return [measure({ name: 'resume-at-90-percent', value: median(rests), unit: 's', baseline, bar: 0.2 * baseline })];
}

async function small({ voice, dir }: Place, step: BenchContext['step']): Promise<Measure[]> {
  const folder = join(dir, 'small');
  mkdirSync(folder);
  const prose = proseOf(SMALL_FILES * SMALL_CHARS);
  for (let at = 0; at < SMALL_FILES; at += 1) {
    write(folder, `${String(at).padStart(3, '0')}.txt`, prose.slice(at * SMALL_CHARS, (at + 1) * SMALL_CHARS));
  }
  const texts = readdirSync(folder).map((name) => join(folder, name));
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 1; round <= SMALL_ROUNDS; round += 1) {
    step(`${SMALL_FILES} small texts, round ${round} of ${SMALL_ROUNDS}`);
    const outDir = join(dir, `small-${round}`);
    const args = ['export', ...texts, '--out-dir', outDir, '--jobs', '2', '--voice', voice.id];
    if (round % 2 === 0) theirs.push(await espeakOnAll(voice, folder));
    ours.push(await aside(args));
    if (round % 2 !== 0) theirs.push(await espeakOnAll(voice, folder));
  }
  const speed = (seconds: readonly number[]): number => SMALL_FILES / median(seconds);
  const baseline = speed(theirs);
  return [measure({ name: 'small-texts', value: speed(ours), unit: 'texts/s', baseline, bar: baseline })];
}

const planOf = (language: string) => ({
  language,
  pieceChars: pieceCharsOf({ by: 'nothing' }, { kind: 'wav' }, 1),
  chapterStarts: [],
});

function writePieces(folder: string, text: string, language: string): void {
  mkdirSync(folder);
  for (const { index, charIndex, charLength } of piecesOf(text, planOf(language))) {
    write(folder, `${String(index).padStart(5, '0')}.txt`, text.slice(charIndex, charIndex + charLength));
  }
}

function write(dir: string, name: string, text: string): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

const lines = (path: string): number => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').length : 0);
const median = (values: readonly number[]): number => percentile(values, 0.5);

const exportCase = exportCaseOf(process.argv.slice(2));
if (exportCase) await serveExportCase(exportCase);
else
  process.exitCode = await runBench({ name: 'batch', engines: ['espeak native'], run }, process.argv.slice(2), process);
