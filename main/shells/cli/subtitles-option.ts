import { besideAudio } from '../../exports/beside-audio.ts';
import { isTimedTextKind, type TimedTextKind, timedTextFormat } from '../../exports/timed-text/timed-text-format.ts';
import { UsageError } from './outcome.ts';

/** The file of subtitles that goes with `out`: a kind is one of the same name. Throws `UsageError`. */
export function subtitlesFile(value: string | undefined, out: string): { subtitles?: string } {
  if (value === undefined) return {};
  if (!isTimedTextKind(value)) {
    if (timedTextFormat(value)) return { subtitles: value };
    throw new UsageError(`--subtitles ${value}: say srt, vtt, lrc or json, or a file whose name ends so`);
  }
  if (out === '-') throw new UsageError('--subtitles needs the name of a file where --out is stdout');
  return { subtitles: besideAudio(out, value) };
}

/** The kind of the subtitles beside many files. Throws `UsageError`. */
export function subtitlesKind(value: string | undefined): { subtitles?: TimedTextKind } {
  if (value === undefined) return {};
  if (isTimedTextKind(value)) return { subtitles: value };
  throw new UsageError(`--subtitles ${value}: with --out-dir say srt, vtt, lrc or json`);
}
