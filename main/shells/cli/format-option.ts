import { AudioFormat, defaultFormat, MP3_BITRATES_KBPS } from '../../../protocol/model/audio-format.ts';
import { isOtherFormat, kindOfName } from '../../exports/kind-of-name.ts';
import { UsageError } from './outcome.ts';

/** What was said of the format. */
export interface FormatWish {
  readonly format?: AudioFormat['kind'];
  readonly bitrate?: number;
  readonly quality?: number;
}

export const FORMATS = ['wav', 'mp3', 'ogg'] as const;

/**
 * The format of a file by its name, or as it was asked for. Throws `UsageError` when both disagree, for a format that
 * Aside does not make, and for a bit rate or quality that the format does not have.
 */
export function formatOf(out: string | undefined, wish: FormatWish): AudioFormat {
  if (out !== undefined && isOtherFormat(out)) {
    throw new UsageError(
      `${out}: Aside makes WAV, MP3 and Ogg Vorbis files: choose a name that ends in .wav, .mp3 or .ogg`,
    );
  }
  const byName = out === undefined ? undefined : kindOfName(out);
  const kind = wish.format ?? byName ?? 'wav';
  if (byName !== undefined && byName !== kind) {
    throw new UsageError(`${out} is named like another format than --format ${kind}`);
  }
  return checked(kind, wish);
}

function checked(kind: AudioFormat['kind'], { bitrate, quality }: FormatWish): AudioFormat {
  if (kind === 'wav') {
    if (bitrate !== undefined || quality !== undefined) {
      throw new UsageError('a WAV file has no bit rate or quality: its samples are those of the voice');
    }
    return { kind };
  }
  if (kind === 'ogg') {
    if (bitrate !== undefined) throw new UsageError('an Ogg Vorbis file is made by --quality, not by --bitrate');
    return quality === undefined
      ? defaultFormat(kind)
      : parsed({ kind, quality }, '--quality of Ogg Vorbis is a number from -1 to 10');
  }
  if (bitrate !== undefined && quality !== undefined) {
    throw new UsageError('--bitrate and --quality exclude each other');
  }
  if (quality !== undefined) {
    return parsed({ kind, bitrateKbps: null, quality }, '--quality of MP3 is a number from 0 (best) to 9');
  }
  if (bitrate === undefined) return defaultFormat(kind);
  return parsed({ kind, bitrateKbps: bitrate, quality: null }, `--bitrate is one of ${MP3_BITRATES_KBPS.join(', ')}`);
}

function parsed(format: unknown, why: string): AudioFormat {
  const result = AudioFormat.safeParse(format);
  if (result.success) return result.data;
  throw new UsageError(why);
}
