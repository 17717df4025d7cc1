import { extname } from 'node:path';
import type { AudioFormat } from '../../protocol/model/audio-format.ts';

const OF_EXTENSION: Readonly<Record<string, AudioFormat['kind']>> = {
  '.wav': 'wav',
  '.mp3': 'mp3',
  '.ogg': 'ogg',
  '.oga': 'ogg',
};
const OTHER_FORMATS = /\.(?:aac|aiff?|flac|m4a|m4b|mp4|opus|webm|wma)$/iu;

/** The format that a file is named like; undefined where its name does not tell. */
export function kindOfName(path: string): AudioFormat['kind'] | undefined {
  return OF_EXTENSION[extname(path).toLowerCase()];
}

/** Whether a file is named like a format that Aside does not make: whatever plays it would take it for that. */
export function isOtherFormat(path: string): boolean {
  return OTHER_FORMATS.test(path);
}
