import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Of the package's module what is in use here: an Emscripten module with a WebIDL class around the library. */
export interface EspeakModule {
  readonly HEAPU8: Uint8Array;
  readonly HEAP16: Int16Array;
  readonly HEAP32: Int32Array;
  readonly eSpeakNGWorker: new () => EspeakWorker;
  _malloc(bytes: number): number;
  /** Makes `callback` a C function; returns its address. */
  addFunction(callback: (samples: number, count: number, events: number) => number): number;
}

/** Strings and functions are addresses in the module's memory. */
export interface EspeakWorker {
  get_samplerate(): number;
  /** The voice at `index`, with `ptr` 0 behind the last one. */
  get_voices(index: number): EspeakVoiceStruct;
  set_voice(name: number, language: 0, gender: 0, age: 0, variant: 0): number;
  set_rate(rateWpm: number): void;
  set_pitch(pitch: number): void;
  set_volume(volume: number): void;
  getSizeOfEventStruct_(): number;
  /**
   * The only one of the synthesising functions that does not take text for markup: it calls espeak_Synth with no flags,
   * so UTF-8 is detected and no pause is added at the end. It writes the phonemes into the file at `tracePath`.
   */
  synth_with_phoneme_trace_(text: number, tracePath: number, callback: number): number;
}

export interface EspeakVoiceStruct {
  readonly ptr: number;
  get_name(): string;
  get_identifier(): string;
  get_gender(): number;
  /** The byte at `index` of the list of languages. */
  get_languages(index: number): number;
}

const PACKAGE = '@echogarden/espeak-ng-emscripten';

/**
 * Loads the package from its folder, 120 to 400 ms. It is WebAssembly that its makers translated to JavaScript. Its data file is read here, because the package itself cannot read it
 * from a folder with `#` or `%` in its name. Rejects with whatever is wrong with the files.
 */
export async function loadWasmModule(): Promise<EspeakModule> {
  const entry = createRequire(import.meta.url).resolve(PACKAGE);
  const { buffer } = readFileSync(join(dirname(entry), 'espeak-ng.data')); // 24 MB, so not a part of a shared buffer
  const { default: createModule } = await import(pathToFileURL(entry).href);
  return createModule({ getPreloadedPackage: () => buffer });
}
