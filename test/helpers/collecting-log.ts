import { createLog, type Log } from '../../main/logging/log.ts';

/** A log and its lines, without time and line end. */
export function createCollectingLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line.trimEnd().slice(25)), level: 'debug' });
  return { log, lines };
}
