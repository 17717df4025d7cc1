import { execFileSync } from 'node:child_process';
import { z } from 'zod';

const Probed = z.looseObject({
  format: z.looseObject({ duration: z.coerce.number(), tags: z.record(z.string(), z.string()).optional() }),
  streams: z.array(z.looseObject({ tags: z.record(z.string(), z.string()).optional() })),
  chapters: z.array(
    z.looseObject({ start_time: z.coerce.number(), tags: z.record(z.string(), z.string()).optional() }),
  ),
});

/** What `ffprobe` makes of a file. */
export function probe(path: string): {
  durationMs: number;
  tags: Record<string, string>;
  chapters: { title: string | undefined; startMs: number }[];
} {
  const args = ['-v', 'error', '-show_format', '-show_streams', '-show_chapters', '-of', 'json', path];
  const { format, streams, chapters } = Probed.parse(JSON.parse(execFileSync('ffprobe', args, { encoding: 'utf8' })));
  return {
    durationMs: format.duration * 1000,
    tags: lowerKeys({ ...streams[0]?.tags, ...format.tags }), // of Ogg they are the stream's
    chapters: chapters.map(({ start_time: start, tags }) => ({ title: tags?.title, startMs: start * 1000 })),
  };
}

function lowerKeys(tags: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]));
}
