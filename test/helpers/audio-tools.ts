import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { describe, it } from 'vitest';

const TOOLS = ['espeak-ng', 'ffmpeg', 'ffprobe', 'file', 'ogginfo', 'oggdec', 'sox', 'soxi'];

/** Tests that read audio files with programs which others wrote; one that is skipped, and says why, where these are missing. */
export function describeWithAudioTools(title: string, tests: () => void): void {
  const why = findWhyNoAudioTools();
  if (why === undefined) describe(title, tests);
  else it(title, ({ skip }) => skip(why));
}

/**
 * Undefined where all are there. Throws under CI, where scripts/system-packages.json sees to it that they are; but for
 * Windows, for which some of them are not to be had.
 */
function findWhyNoAudioTools(): string | undefined {
  const missing = TOOLS.filter((tool) => spawnSync(tool, ['--version']).error !== undefined);
  if (missing.length === 0) return undefined;
  const why = `${missing.join(', ')} not found: see scripts/system-packages.json`;
  if (process.env.CI && process.platform !== 'win32') throw new Error(why);
  return why;
}
