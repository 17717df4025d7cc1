import { parse } from 'node:path';
import type { AudioFormat } from '../../protocol/model/audio-format.ts';

/** The title of a text that nobody has named. WAV files go to programs that expect bare samples: those get none. */
export function defaultTitle(path: string, { kind }: AudioFormat): string {
  return kind === 'wav' ? '' : parse(path).name;
}
