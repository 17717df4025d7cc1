import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { systemTimers, type Timers } from '../../../protocol/contract/deadlines.ts';
import type { Log } from '../../logging/log.ts';
import { WindowState } from './window-state.ts';

/** A drag tells of a hundred positions a second. */
const SAVE_DELAY_MS = 500;

export interface WindowStateFile {
  /** null when there is none that can be used. Never rejects. */
  load(): Promise<WindowState | null>;
  /** Remembers for now, and soon on disk. */
  save(state: WindowState): void;
  /** Writes what is not on disk yet. Never rejects: a window that opens elsewhere is no reason to stop. */
  flush(): Promise<void>;
}

/** `window-state.json` in `dataDir`. */
export function createWindowStateFile(dataDir: string, log: Log, timers: Timers = systemTimers): WindowStateFile {
  const path = join(dataDir, 'window-state.json');
  let unsaved: WindowState | undefined;
  let timer: unknown;

  async function flush(): Promise<void> {
    timers.clear(timer);
    timer = undefined;
    if (unsaved === undefined) return;
    const text = `${JSON.stringify(unsaved)}\n`;
    unsaved = undefined;
    await writeFileAtomic(path, text).catch((error: unknown) => log.warn('the window state was not saved', { error }));
  }

  return {
    load: async () => {
      try {
        return WindowState.parse(JSON.parse(await readFile(path, 'utf8')));
      } catch (error) {
        const isFirstStart = (error as NodeJS.ErrnoException).code === 'ENOENT';
        if (!isFirstStart) log.warn('the window state cannot be used', { path, error });
        return null;
      }
    },
    save: (state) => {
      unsaved = state;
      timer ??= timers.set(() => void flush(), SAVE_DELAY_MS);
    },
    flush,
  };
}
