import { join } from 'node:path';
import { type AsideError, toWireError, type WireError } from '../../protocol/errors.ts';
import { DEFAULT_SETTINGS, Settings, type SettingsPatch } from '../../protocol/model/settings.ts';
import { openDataFile } from '../files/data-file.ts';
import type { Log } from '../logging/log.ts';
import { isRecord, keepUnknown, salvage } from './salvage.ts';

export interface StoreOptions {
  /** An absolute path; made when it is missing. */
  readonly dir: string;
  /** Told when something cannot be saved, not with every attempt. What was to be saved is kept in memory. */
  readonly onProblem: (error: AsideError<'file'>) => void;
  readonly log: Log;
}

export interface SettingsStore {
  get(): Settings;
  /** Returns all settings with the patch applied; they are on disk some 300 ms later. */
  patch(patch: SettingsPatch): Settings;
  /** What was set aside at the start. Told once. */
  takeNotices(): WireError[];
  /** Resolves when all is on disk, or has failed and was reported. Never rejects. */
  flush(): Promise<void>;
}

/**
 * Opens `settings.json` in `dir`. A bad value in it has its default, and the others stay; keys that this version does
 * not know are kept when it is written. A file that is no JSON object is set aside. Never rejects.
 */
export async function openSettingsStore({ dir, onProblem, log }: StoreOptions): Promise<SettingsStore> {
  const path = join(dir, 'settings.json');
  const file = await openDataFile<Record<string, unknown>>({
    path,
    what: 'settings',
    parse: parseObject,
    format: (value) => [`${JSON.stringify(value, null, 2)}\n`],
    delayMs: 300,
    maxDelayMs: 1_000,
    onProblem,
    log,
  });
  let settings = salvage(Settings, file.loaded, DEFAULT_SETTINGS, (key, problem) =>
    log.warn('bad setting, default taken', { path, key, problem }),
  );
  let notices = file.notice ? [toWireError(file.notice)] : [];

  return {
    get: () => settings,
    patch: (patch) => {
      const changes = Object.entries(patch).filter(([, value]) => value !== undefined);
      settings = { ...settings, ...Object.fromEntries(changes) };
      file.save(keepUnknown(file.loaded, settings));
      return settings;
    },
    takeNotices: () => {
      const taken = notices;
      notices = [];
      return taken;
    },
    flush: file.flush,
  };
}

function parseObject(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value)) throw new TypeError('not a JSON object');
  return value;
}
