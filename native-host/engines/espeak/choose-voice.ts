import { closeSync, openSync } from 'node:fs';
import process from 'node:process';
import type { NativeLibrary } from './native-library.ts';

const EE_OK = 0;

/**
 * Makes the voice the one that speaks. espeak_SetVoiceByName looks for the voice's file by its name in lower case; where
 * the file system tells `en-US` from `en-us`, it then reads the files of all voices, 2 to 4 ms, more than all else that
 * an utterance takes before its first sample. The voice is the same either way. Returns a status, `EE_OK` when done.
 */
export function chooseVoice(library: NativeLibrary, identifier: string, platform = process.platform): number {
  const isFoundByName = platform !== 'linux' || identifier === identifier.toLowerCase();
  if (!isFoundByName && chooseByFile(library, identifier)) return EE_OK;
  return library.setVoiceByName(identifier);
}

/** In the library's order. False where it has no such function, or there is no such file; nothing has changed then. */
function chooseByFile(library: NativeLibrary, identifier: string): boolean {
  const dataPath = library.dataPath();
  return ['voices', 'lang'].some((folder) => {
    const file = tryOpen(`${dataPath}/${folder}/${identifier}`);
    if (file === null) return false;
    try {
      // Of the path, too, the library makes lower case: so it has one that is.
      return library.setVoiceByFile?.(`/proc/self/fd/${file}`) === EE_OK;
    } finally {
      closeSync(file);
    }
  });
}

function tryOpen(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch {
    return null;
  }
}
