import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { AudioFormat } from '../../../protocol/model/audio-format.ts';
import type { ExportSplit } from '../../../protocol/model/export.ts';
import { DEFAULT_PROSODY, PROSODY_LIMITS, Prosody } from '../../../protocol/model/prosody.ts';
import type { EngineId } from '../../../protocol/model/voice.ts';
import type { AskedManner } from '../../exports/job-of-text.ts';
import { DEFAULT_CUE_LIMITS } from '../../exports/timed-text/cue.ts';
import type { TimedTextKind } from '../../exports/timed-text/timed-text-format.ts';
import { FORMATS, formatOf } from './format-option.ts';
import { UsageError } from './outcome.ts';
import { splitOption } from './split-option.ts';
import { subtitlesFile, subtitlesKind } from './subtitles-option.ts';

/** How files are made, whatever they are made of. */
export interface ExportManner extends AskedManner {
  readonly voice?: string;
  readonly engine?: EngineId;
  readonly json: boolean;
}

export type ExportRequest =
  | ({
      readonly kind: 'export';
      readonly input: string;
      readonly out: string;
      readonly timings?: string;
      readonly subtitles?: string;
    } & ExportManner)
  | ({
      readonly kind: 'export-many';
      readonly inputs: readonly string[];
      readonly outDir: string;
      readonly subtitles?: TimedTextKind;
    } & ExportManner);

/** To go on with what was interrupted. */
export interface ResumeRequest {
  readonly kind: 'resume';
  readonly jobs: number;
  readonly json: boolean;
}

/** To remove what it has left. */
export interface DiscardRequest {
  readonly kind: 'discard';
  /** Whether nobody is asked. */
  readonly isSure: boolean;
}

/** What the command `export` was asked for. */
export type ExportCommandRequest = ExportRequest | ResumeRequest | DiscardRequest;

const MAX_JOBS = 64;
const MAX_TAG_CHARS = 1_000;

/** The command `export`. Its action throws `UsageError` where what was asked for cannot be made. */
export function exportCommandLine(engine: Option, onRequest: (request: ExportCommandRequest) => void): Command {
  return new Command('export')
    .description('speak text files into audio files: WAV, MP3 or Ogg Vorbis')
    .argument('[files...]', '.txt or .md files, or - for stdin')
    .option('--out <file>', 'the .wav, .mp3 or .ogg file to make, or - for stdout (the summary then goes to stderr)')
    .option('--out-dir <folder>', 'a folder for one audio file of each text')
    .option('--voice <voice>', 'id, language (en-GB) or name; see `aside voices`')
    .option('--rate <n>', 'speed, 0.33 to 3; 1 is the voice’s own', prosodyNumber('rate'), DEFAULT_PROSODY.rate)
    .option('--pitch <n>', '-10 to 10; 0 is the voice’s own', prosodyNumber('pitch'), DEFAULT_PROSODY.pitch)
    .option('--volume <n>', 'percent, 0 to 100', prosodyNumber('volume'), DEFAULT_PROSODY.volume)
    .addOption(engine)
    .addOption(new Option('--format <format>', 'instead of what the name of --out says').choices(FORMATS))
    .option('--bitrate <kbps>', 'of MP3: 32 to 160; default 64', numberOption)
    .option('--quality <n>', 'of MP3 0 (best) to 9, of Ogg Vorbis -1 to 10 (best), default 3', numberOption)
    .option('--split <how>', 'several files: by `chapter`, by duration (30m, 1h) or size (100MB)', splitOption)
    .option('--title <title>', 'what players show; default: the name of the text', tagText)
    .option('--author <author>', 'what players show', tagText)
    .option(
      '--jobs <n>',
      `processes that speak at the same time, 1 to ${MAX_JOBS}`,
      countOption(MAX_JOBS),
      availableParallelism(),
    )
    .addOption(
      new Option('--on-error <what>', 'when a voice fails twice on a piece of text: stop, or leave a pause and go on')
        .choices(['stop', 'skip'])
        .default('stop'),
    )
    .option('--timings <file>', 'also write when each word and sentence is spoken, as JSON', timingsName)
    .option(
      '--subtitles <what>',
      'also write subtitles: srt, vtt, lrc or json beside each audio file, or a file so named',
    )
    .option('--line-length <chars>', 'of subtitles', countOption(1_000), DEFAULT_CUE_LIMITS.maxLineChars)
    .option('--lines <n>', 'of one subtitle', countOption(10), DEFAULT_CUE_LIMITS.maxLines)
    .option('--resume', 'go on with all exports that were interrupted; takes no files')
    .option('--discard', 'remove what interrupted exports have left, after asking; takes no files')
    .option('--yes', 'discard without asking')
    .option('--json', 'print one object about what was made')
    .action((inputs: string[], options, command: Command) => {
      if (options.resume || options.discard) refuseOthers(command);
      onRequest(requestOf(inputs, options));
    });
}

interface Options {
  readonly out?: string;
  readonly outDir?: string;
  readonly voice?: string;
  readonly engine?: EngineId;
  readonly rate: number;
  readonly pitch: number;
  readonly volume: number;
  readonly format?: AudioFormat['kind'];
  readonly bitrate?: number;
  readonly quality?: number;
  readonly split?: ExportSplit;
  readonly title?: string;
  readonly author?: string;
  readonly jobs: number;
  readonly onError: 'stop' | 'skip';
  readonly timings?: string;
  readonly subtitles?: string;
  readonly lineLength: number;
  readonly lines: number;
  readonly resume?: boolean;
  readonly discard?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

const BESIDE_RESUME = ['resume', 'discard', 'jobs', 'json', 'yes'];

/** An option that would do nothing is a mistake. */
function refuseOthers(command: Command): void {
  const given = command.options.filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli');
  const other = given.find((option) => !BESIDE_RESUME.includes(option.attributeName()));
  if (other) throw new UsageError(`${other.long} has no meaning here: interrupted exports go on as they were begun`);
}

function requestOf(inputs: readonly string[], options: Options): ExportCommandRequest {
  const { resume, discard, yes, jobs, json = false } = options;
  if (resume === undefined && discard === undefined) return exportOf(inputs, options);
  if (inputs.length > 0 || (resume && discard)) {
    throw new UsageError('--resume and --discard stand alone: they are about all exports that were interrupted');
  }
  return resume ? { kind: 'resume', jobs, json } : { kind: 'discard', isSure: yes === true };
}

function exportOf(inputs: readonly string[], options: Options): ExportRequest {
  const { out, outDir, timings, rate, pitch, volume, voice, engine, title, author, jobs, onError } = options;
  const manner: ExportManner = {
    prosody: { rate, pitch, volume },
    format: formatOf(out === '-' ? undefined : out, options),
    split: options.split ?? { by: 'nothing' },
    jobs,
    onError,
    cueLimits: { maxLineChars: options.lineLength, maxLines: options.lines },
    json: options.json === true,
    ...(voice !== undefined && { voice }),
    ...(engine !== undefined && { engine }),
    ...(title !== undefined && { title }),
    ...(author !== undefined && { author }),
  };
  const [input] = inputs;
  if (input === undefined) throw new UsageError('which text? Name a file, several with --out-dir, or - for stdin');
  if (out !== undefined && outDir !== undefined) throw new UsageError('--out and --out-dir exclude each other');
  if (outDir !== undefined) {
    if (timings !== undefined) throw new UsageError('--timings goes with --out');
    if (inputs.includes('-')) throw new UsageError('stdin has no name for a file in --out-dir: use --out');
    return { kind: 'export-many', inputs, outDir, ...manner, ...subtitlesKind(options.subtitles) };
  }
  if (out === undefined) throw new UsageError('where to? Say --out <file> or, for many texts, --out-dir <folder>');
  if (inputs.length > 1) throw new UsageError('several texts need --out-dir, not --out');
  if (out === '-' && manner.split.by !== 'nothing')
    throw new UsageError('several files cannot go to stdout: --split needs a file');
  const companions = { ...(timings !== undefined && { timings }), ...subtitlesFile(options.subtitles, out) };
  return { kind: 'export', input, out, ...manner, ...companions };
}

function prosodyNumber(name: keyof Prosody): (value: string) => number {
  return (value) => {
    const parsed = Prosody.shape[name].safeParse(numberOf(value));
    if (parsed.success) return parsed.data;
    const { min, max } = PROSODY_LIMITS[name];
    throw new InvalidArgumentError(`It must be a number from ${min} to ${max}.`);
  };
}

const numberOf = (value: string): number => (value.trim() === '' ? Number.NaN : Number(value));

function numberOption(value: string): number {
  const number = numberOf(value);
  if (Number.isFinite(number)) return number;
  throw new InvalidArgumentError('It must be a number.');
}

function countOption(max: number): (value: string) => number {
  return (value) => {
    const count = numberOf(value);
    if (Number.isInteger(count) && count >= 1 && count <= max) return count;
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${max}.`);
  };
}

function tagText(value: string): string {
  if (value.length <= MAX_TAG_CHARS) return value;
  throw new InvalidArgumentError(`It must be at most ${MAX_TAG_CHARS} characters.`);
}

function timingsName(value: string): string {
  if (value !== '-') return value;
  throw new InvalidArgumentError('It must be a file: only --out can be stdout.');
}
