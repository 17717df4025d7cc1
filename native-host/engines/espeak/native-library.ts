import process from 'node:process';
import type { Koffi } from '../../runtime/load-koffi.ts';

/** One loading of libespeak-ng, in its initial state if the one before was closed. The names are those of speak_lib.h. */
export interface NativeLibrary {
  /** (output, buffer length in ms, data path, options): the sample rate in Hz, or -1 */
  initialize(output: number, bufferMs: number, dataPath: null, options: number): number;
  listVoices(spec: null): bigint | null;
  setVoiceByName(identifier: string): number;
  /** espeak_ng_SetVoiceByFile; null in a build without it */
  readonly setVoiceByFile: ((path: string) => number) | null;
  /** espeak_Info: where the library's data are */
  dataPath(): string;
  /** (parameter, value, whether it is relative) */
  setParameter(parameter: number, value: number, relative: 0 | 1): number;
  setSynthCallback(callback: bigint): void;
  /** (text, its bytes, start, what that counts, end, flags, null, null) */
  synth(
    text: Buffer,
    bytes: number,
    from: number,
    unit: number,
    to: number,
    flags: number,
    id: null,
    data: null,
  ): number;
  terminate(): number;
  unload(): void;
}

/** Where libespeak-ng may be, best first: a mere name is looked for where the system keeps its libraries. */
export function libraryCandidates(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): string[] {
  if (env.ASIDE_ESPEAK_LIBRARY) return [env.ASIDE_ESPEAK_LIBRARY];
  if (platform === 'win32') {
    const folders = [env.ProgramFiles, env['ProgramFiles(x86)']].filter((folder) => folder !== undefined);
    return ['libespeak-ng.dll', ...folders.map((folder) => `${folder}\\eSpeak NG\\libespeak-ng.dll`)];
  }
  if (platform === 'darwin') {
    const folders = ['', '/opt/homebrew/lib/', '/usr/local/lib/', '/opt/local/lib/'];
    return folders.map((folder) => `${folder}libespeak-ng.dylib`);
  }
  return ['libespeak-ng.so.1'];
}

/**
 * Keeps loaded, until what it returns is called, what Linux builds are linked with to play sound: that, and with it some
 * thirty libraries, would be loaded anew with each loading of libespeak-ng, a quarter of the time that one takes. It is
 * never played with, so it has no state that matters.
 */
export function holdSoundLibraries(koffi: Koffi): () => void {
  try {
    const library = koffi.load('libpcaudio.so.0'); // unloaded, too, once nothing refers to it
    return () => library.unload();
  } catch {
    return () => {}; // another system, or a build that cannot play
  }
}

/** Loads the library and starts nothing. Throws what koffi throws. */
export function openLibrary(koffi: Koffi, path: string): NativeLibrary {
  const library = koffi.load(path);
  seedRandom(library);
  return {
    initialize: library.func('int espeak_Initialize(int, int, const char *, int)'),
    listVoices: library.func('void *espeak_ListVoices(void *)'),
    setVoiceByName: library.func('int espeak_SetVoiceByName(const char *)'),
    get setVoiceByFile() {
      return optional(() => library.func('int espeak_ng_SetVoiceByFile(const char *)'));
    },
    dataPath: () => {
      const path: [string | null] = [null];
      library.func('const char *espeak_Info(_Out_ const char **)')(path);
      return path[0] ?? '';
    },
    setParameter: library.func('int espeak_SetParameter(int, int, int)'),
    setSynthCallback: library.func('void espeak_SetSynthCallback(void *)'),
    synth: library.func('int espeak_Synth(const void *, size_t, uint32_t, int, uint32_t, uint32_t, void *, void *)'),
    terminate: library.func('int espeak_Terminate()'),
    unload: () => library.unload(),
  };
}

function optional<T>(find: () => T): T | null {
  try {
    return find();
  } catch {
    return null;
  }
}

/** Some voices have breath, made with rand(), whose state belongs to the C library and so outlives this one. */
function seedRandom(library: ReturnType<Koffi['load']>): void {
  try {
    library.func('void srand(uint32_t)')(1); // 1 is what every process starts with
  } catch {
    // Windows finds no symbols of the libraries that a library uses. Those voices breathe a little differently there.
  }
}
