import { extname } from 'node:path';
import { AsideError } from '../../protocol/errors.ts';
import type { AudioFormat } from '../../protocol/model/audio-format.ts';

const OF_EXTENSION: Readonly<Record<string, AudioFormat['kind']>> = {
  '.wav': 'wav',
  '.mp3': 'mp3',
  '.ogg': 'ogg',
  '.oga': 'ogg',
};
/** Those of subtitles too: what is made beside the audio has such a name. */
const OTHER_FORMATS = /\.(?:aac|aiff?|flac|json|lrc|m4a|m4b|mp4|opus|srt|vtt|webm|wma)$/iu;

/** The format that a file is named like; undefined where its name does not tell. */
export function kindOfName(path: string): AudioFormat['kind'] | undefined {
  return OF_EXTENSION[extname(path).toLowerCase()];
}

/** Whether a file is named like a format that Aside makes no audio of: whatever opens it would take it for that. */
export function isOtherFormat(path: string): boolean {
  return OTHER_FORMATS.test(path);
}

export function otherFormat(path: string): AsideError<'refused'> {
  return new AsideError('refused', `${path} is named like a format that Aside makes no audio of`, {
    details: { reason: 'other-format' },
    remedy: 'Choose a name that ends in .wav, .mp3 or .ogg.',
  });
}
