import process from 'node:process';
import type { Koffi } from '../../runtime/load-koffi.ts';
import { rememberVariables } from './library-memory.ts';

/** libespeak-ng, in its initial state. The names are those of speak_lib.h. */
export interface NativeLibrary {
  /** srand of the C library, where it is found. */
  seed(value: number): void;
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
}

/** Hands out the library, to one user at a time. */
export interface LibrarySource {
  /** Starts nothing. Throws what koffi throws. */
  take(): NativeLibrary;
  /** Once it is terminated. What it has in its variables is forgotten. */
  giveBack(): void;
  /** The library is unloaded. */
  close(): void;
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
 * Keeps loaded, until what it returns is called, what Linux builds are linked with to play sound, and to speed it up: they,
 * and with the one some thirty libraries, would be loaded anew with each loading of libespeak-ng, a quarter of the time
 * that one takes. The one is never played with, the other keeps what it knows with each stream: neither has state that
 * matters.
 */
export function holdSoundLibraries(koffi: Koffi): () => void {
  // Absent on another system, or with a build that has no need of it.
  const held = ['libpcaudio.so.0', 'libsonic.so.0'].map((name) => optional(() => koffi.load(name)));
  return () => {
    for (const library of held) library?.unload(); // once nothing else refers to it
  };
}

type Opened = ReturnType<Koffi['load']>;

/**
 * Loads the library anew for each user, or, `staysLoaded`, once where the system tells enough to put its variables back:
 * some 0.5 ms less each time.
 */
export function openLibrary(koffi: Koffi, path: string, staysLoaded: boolean): LibrarySource {
  const bind = libraryBinder(koffi);
  let loaded: { unload(): void; forget: (() => void) | null; library: NativeLibrary } | null = null;

  function load(): NonNullable<typeof loaded> {
    const handle = koffi.load(path);
    const forget = staysLoaded ? rememberVariables(koffi, handle.symbol('espeak_Initialize')) : null;
    return { unload: () => handle.unload(), forget, library: bind(handle) };
  }
  function close(): void {
    loaded?.unload();
    loaded = null;
  }
  return {
    take: () => {
      loaded ??= load();
      loaded.library.seed(FIRST_SEED);
      return loaded.library;
    },
    giveBack: () => {
      if (loaded?.forget) loaded.forget();
      else close();
    },
    close,
  };
}

/**
 * Returns what finds the functions of a library. To read what one takes costs koffi 18 µs, to find it 1 µs: so the one is
 * done once, the other with each loading.
 */
function libraryBinder(koffi: Koffi): (library: Opened) => NativeLibrary {
  /** koffi has no types for what it calls: `NativeLibrary` has them. */
  const binder = (name: string, result: string, parameters: string[]) => {
    const prototype = koffi.proto(result, parameters);
    return (library: Opened) => {
      const address = library.symbol(name);
      return (...args: unknown[]) => koffi.call(address, prototype, ...args);
    };
  };
  const initialize = binder('espeak_Initialize', 'int', ['int', 'int', 'const char *', 'int']);
  const listVoices = binder('espeak_ListVoices', 'void *', ['void *']);
  const setVoiceByName = binder('espeak_SetVoiceByName', 'int', ['const char *']);
  const setVoiceByFile = binder('espeak_ng_SetVoiceByFile', 'int', ['const char *']);
  const info = binder('espeak_Info', 'const char *', ['_Out_ const char **']);
  const setParameter = binder('espeak_SetParameter', 'int', ['int', 'int', 'int']);
  const setSynthCallback = binder('espeak_SetSynthCallback', 'void', ['void *']);
  const textAndPlaces = ['const void *', 'size_t', 'uint32_t', 'int', 'uint32_t', 'uint32_t'];
  const synth = binder('espeak_Synth', 'int', [...textAndPlaces, 'void *', 'void *']);
  const terminate = binder('espeak_Terminate', 'int', []);
  const srand = binder('srand', 'void', ['uint32_t']);

  return (library) => ({
    seed: optional(() => srand(library)) ?? (() => {}),
    initialize: initialize(library),
    listVoices: listVoices(library),
    setVoiceByName: setVoiceByName(library),
    setVoiceByFile: optional(() => setVoiceByFile(library)),
    dataPath: () => {
      const found: [string | null] = [null];
      info(library)(found);
      return found[0] ?? '';
    },
    setParameter: setParameter(library),
    setSynthCallback: setSynthCallback(library),
    synth: synth(library),
    terminate: terminate(library),
  });
}

/**
 * What every process starts with. Some voices have breath, made with rand(), whose state belongs to the C library and so
 * outlives this one. Windows finds no functions of the libraries that a library uses: there they breathe a little
 * differently.
 */
const FIRST_SEED = 1;

function optional<T>(find: () => T): T | null {
  try {
    return find();
  } catch {
    return null;
  }
}
