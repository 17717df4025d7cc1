import {
  type EspeakBindings,
  type EspeakEvent,
  type EspeakUtterance,
  type EspeakVoice,
  LIST_TERMINATED,
  type OnChunk,
  readEvents,
} from './bindings.ts';
import { withEndPause } from './end-pause.ts';
import { notSpoken, unavailable } from './errors.ts';
import { type EspeakModule, type EspeakVoiceStruct, loadWasmModule } from './wasm-module.ts';

const EE_OK = 0;

/** Emscripten's file system has it; what is written there goes nowhere. */
const NO_FILE = '/dev/null';

/**
 * The bundled WebAssembly build. Like the native one it keeps static variables from one utterance to the next; here the
 * module's memory is put back to what it was after the start (1 MB, 0.6 ms), which also frees what an utterance took.
 *
 * Rejects with `engine-unavailable` when the package is not whole.
 */
export async function createWasmBindings(): Promise<EspeakBindings> {
  const module = await loadWasmModule().catch((error: unknown) => {
    throw unavailable(`the bundled WebAssembly build did not load (${String(error)})`, error);
  });
  const worker = new module.eSpeakNGWorker();
  const voices = listVoices((index) => worker.get_voices(index));
  const eventInts = worker.getSizeOfEventStruct_() / Int32Array.BYTES_PER_ELEMENT;
  let take = (_samples: number, _count: number, _events: number): boolean => false;
  const callback = module.addFunction((samples, count, events) => (take(samples, count, events) ? 0 : 1));
  const initialMemory = usedMemory(module);

  function synthesize(utterance: EspeakUtterance, onChunk: OnChunk): void {
    let isStopped = false;
    const failures: unknown[] = [];
    take = (samples, count, events) => {
      if (isStopped) return false;
      try {
        const chunk = module.HEAP16.subarray(samples / 2, samples / 2 + (samples === 0 ? 0 : count));
        isStopped = !onChunk(chunk, eventsAt(module, events, eventInts));
      } catch (error) {
        failures.push(error); // an exception would leave the library in the middle of things
        isStopped = true;
      }
      return !isStopped;
    };
    restoreMemory(module, initialMemory);
    const { rateWpm, pitch, volume } = utterance.parameters;
    worker.set_rate(rateWpm);
    worker.set_pitch(pitch);
    worker.set_volume(volume);
    const status =
      worker.set_voice(toCString(module, utterance.identifier), 0, 0, 0, 0) ||
      worker.synth_with_phoneme_trace_(
        toCString(module, withEndPause(utterance.text)),
        toCString(module, NO_FILE),
        callback,
      );
    if (failures.length > 0) throw failures[0];
    if (status !== EE_OK) throw notSpoken(utterance, status);
  }

  return { build: 'wasm', sampleRateHz: worker.get_samplerate(), voices, synthesize, close: () => {} };
}

function listVoices(voiceAt: (index: number) => EspeakVoiceStruct): EspeakVoice[] {
  const voices: EspeakVoice[] = [];
  for (let voice = voiceAt(0); voice.ptr !== 0; voice = voiceAt(voices.length)) {
    voices.push({
      name: voice.get_name(),
      identifier: voice.get_identifier(),
      gender: voice.get_gender(),
      languages: listLanguages((index) => voice.get_languages(index)),
    });
  }
  return voices;
}

/** A list of a priority byte and a string each; a priority of 0 ends it. */
function listLanguages(byteAt: (index: number) => number): string[] {
  const languages: string[] = [];
  for (let index = 0; byteAt(index) !== 0; index += 1) {
    const bytes: number[] = [];
    for (let byte = byteAt(++index); byte !== 0; byte = byteAt(++index)) bytes.push(byte);
    languages.push(String.fromCharCode(...bytes));
  }
  return languages;
}

function eventsAt({ HEAP32 }: EspeakModule, list: number, eventInts: number): EspeakEvent[] {
  return list === 0 ? [] : readEvents((index) => HEAP32[list / 4 + index] ?? LIST_TERMINATED, eventInts);
}

/** In memory of the module, until it is restored. */
function toCString(module: EspeakModule, text: string): number {
  const bytes = Buffer.from(`${text}\0`);
  const address = module._malloc(bytes.length);
  module.HEAPU8.set(bytes, address);
  return address;
}

/** A copy of the memory up to its last byte that is not 0. */
function usedMemory({ HEAPU8 }: EspeakModule): Uint8Array {
  let length = HEAPU8.length;
  while (length > 0 && HEAPU8[length - 1] === 0) length -= 1;
  return HEAPU8.slice(0, length);
}

function restoreMemory({ HEAPU8 }: EspeakModule, memory: Uint8Array): void {
  HEAPU8.set(memory);
  HEAPU8.fill(0, memory.length); // fresh memory is taken to be empty
}
