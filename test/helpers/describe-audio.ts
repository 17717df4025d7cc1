import { chaptersIn, probe } from './audio-files.ts';

/** What `ffprobe` makes of a file, the same for every format; names of tags in small letters. */
export function describeAudio(path: string): {
  durationMs: number;
  tags: Record<string, string>;
  chapters: ReturnType<typeof chaptersIn>;
} {
  const probed = probe(path);
  const { format, streams } = probed;
  return {
    durationMs: Number(format.duration) * 1000,
    tags: lowerKeys({ ...streams[0]?.tags, ...format.tags }), // of Ogg they are the stream's
    chapters: chaptersIn(probed),
  };
}

function lowerKeys(tags: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]));
}
