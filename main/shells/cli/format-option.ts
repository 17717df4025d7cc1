import { extname } from 'node:path';
import { AudioFormat, MP3_BITRATES_KBPS } from '../../../protocol/model/audio-format.ts';
import { UsageError } from './outcome.ts';

/** What was said of the format. */
export interface FormatWish {
  readonly format?: AudioFormat['kind'];
  readonly bitrate?: number;
  readonly quality?: number;
}

export const FORMATS = ['wav', 'mp3', 'ogg'] as const;
const DEFAULT_MP3_KBPS = 64;
const DEFAULT_OGG_QUALITY = 3;

const OF_EXTENSION: Readonly<Record<string, AudioFormat['kind']>> = { '.mp3': 'mp3', '.ogg': 'ogg', '.oga': 'ogg' };
/** A file that is named like another format would be taken for it by whatever plays it. */
const OTHER_FORMATS = /\.(?:aac|aiff?|flac|m4a|m4b|mp4|opus|webm|wma)$/iu;

/**
 * The format of a file by its name, or as it was asked for. Throws `UsageError` when both disagree, for a format that
 * Aside does not make, and for a bit rate or quality that the format does not have.
 */
export function formatOf(out: string | undefined, wish: FormatWish): AudioFormat {
  if (out !== undefined && OTHER_FORMATS.test(out)) {
    throw new UsageError(
      `${out}: Aside makes WAV, MP3 and Ogg Vorbis files: choose a name that ends in .wav, .mp3 or .ogg`,
    );
  }
  const byName = out === undefined ? undefined : formatOfName(out);
  const kind = wish.format ?? byName ?? 'wav';
  if (byName !== undefined && byName !== kind) {
    throw new UsageError(`${out} is named like another format than --format ${kind}`);
  }
  return checked(kind, wish);
}

function formatOfName(out: string): AudioFormat['kind'] | undefined {
  const extension = extname(out).toLowerCase();
  return extension === '.wav' ? 'wav' : OF_EXTENSION[extension];
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
    return parsed(
      { kind, quality: quality ?? DEFAULT_OGG_QUALITY },
      '--quality of Ogg Vorbis is a number from -1 to 10',
    );
  }
  if (bitrate !== undefined && quality !== undefined) {
    throw new UsageError('--bitrate and --quality exclude each other');
  }
  return quality === undefined
    ? parsed(
        { kind, bitrateKbps: bitrate ?? DEFAULT_MP3_KBPS, quality: null },
        `--bitrate is one of ${MP3_BITRATES_KBPS.join(', ')}`,
      )
    : parsed({ kind, bitrateKbps: null, quality }, '--quality of MP3 is a number from 0 (best) to 9');
}

function parsed(format: unknown, why: string): AudioFormat {
  const result = AudioFormat.safeParse(format);
  if (result.success) return result.data;
  throw new UsageError(why);
}
