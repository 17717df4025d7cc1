import { join } from 'node:path';
import { openDataFile } from '../../files/data-file.ts';
import type { Log } from '../../logging/log.ts';
import { WindowState } from './window-state.ts';

/** Where the window is, kept between runs. */
export interface WindowStateFile {
  /** null when none was ever kept, or what was kept cannot be used. */
  last(): WindowState | null;
  /** Keeps it for this run at once, and soon on disk: a drag tells of a hundred positions a second. */
  save(state: WindowState): void;
  /** Resolves when all is on disk, or has failed and is in the log. Never rejects. */
  flush(): Promise<void>;
}

/** Opens `window-state.json` in `dataDir`. Never rejects. */
export async function openWindowStateFile(dataDir: string, log: Log): Promise<WindowStateFile> {
  const file = await openDataFile<WindowState>({
    path: join(dataDir, 'window-state.json'),
    what: 'window state',
    parse: (text) => WindowState.parse(JSON.parse(text)),
    format: (state) => [`${JSON.stringify(state)}\n`],
    delayMs: 500,
    maxDelayMs: 2_000,
    onProblem: () => {}, // in the log already; a window that opens elsewhere is nothing to bother anybody with
    log,
  });
  let last = file.loaded ?? null;
  return {
    last: () => last,
    save: (state) => {
      last = state;
      file.save(state);
    },
    flush: file.flush,
  };
}
