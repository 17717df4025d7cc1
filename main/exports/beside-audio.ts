import { format, parse } from 'node:path';

/** The file of that extension, without its dot, that goes with an audio file. */
export function besideAudio(audioPath: string, extension: string): string {
  const { dir, name } = parse(audioPath);
  return format({ dir, name, ext: `.${extension}` });
}
