import { format, parse } from 'node:path';
import { otherFormat } from './kind-of-name.ts';

/**
 * The file of that extension, without its dot, that goes with an audio file. Throws `refused` (`other-format`) where both
 * would be one file, on a disk that does not tell capitals from small letters too.
 */
export function besideAudio(audioPath: string, extension: string): string {
  const { dir, name } = parse(audioPath);
  const path = format({ dir, name, ext: `.${extension}` });
  if (path.toLowerCase() === audioPath.toLowerCase()) throw otherFormat(audioPath);
  return path;
}
