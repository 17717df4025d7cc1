import { type Koffi, loadKoffi } from '../../runtime/load-koffi.ts';
import {
  type EspeakBindings,
  type EspeakEvent,
  type EspeakUtterance,
  EVENT_INTS,
  type OnChunk,
  readEvents,
} from './bindings.ts';
import { chooseVoice } from './choose-voice.ts';
import { notSpoken, unavailable } from './errors.ts';
import { isRepeatable } from './is-repeatable.ts';
import {
  holdSoundLibraries,
  type LibrarySource,
  libraryCandidates,
  type NativeLibrary,
  openLibrary,
} from './native-library.ts';
import { listNativeVoices } from './native-voices.ts';
import { createSampleReader } from './sample-reader.ts';

// speak_lib.h
const AUDIO_OUTPUT_SYNCHRONOUS = 2;
const INITIALIZE_DONT_EXIT = 0x8000;
const POS_CHARACTER = 1;
const CHARS_UTF8 = 1;
const ENDPAUSE = 0x1000;
const RATE = 1;
const VOLUME = 2;
const PITCH = 3;
const EE_OK = 0;

/** Of audio in one callback. Measured: 60 ms and 1,000 ms are slower. */
const BUFFER_MS = 200;

const NO_SAMPLES = new Int16Array(0);

/**
 * libespeak-ng of the system through FFI. The library keeps the phase of the voice's flutter, its gain control and more
 * in static variables that none of its functions resets, so a text would sound a little different each time. Therefore
 * its variables are put back after each utterance, or it is unloaded and loaded again. Everything happens on the calling
 * thread, because koffi's own threads lose audio. Samples are copied out, because Electron has no ArrayBuffers on foreign
 * memory.
 *
 * Rejects with `engine-unavailable` when there is no library, or none that starts and forgets.
 */
export async function createNativeBindings(): Promise<EspeakBindings> {
  const koffi = loadKoffi();
  const letGo = holdSoundLibraries(koffi);
  const reasons: string[] = [];
  for (const path of libraryCandidates()) {
    try {
      return bindEither(koffi, path, letGo);
    } catch (error) {
      reasons.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  letGo();
  throw unavailable(`libespeak-ng cannot be used (${reasons.join('; ')})`);
}

/** A library may be built in a way in which it forgets only when it is unloaded. */
function bindEither(koffi: Koffi, path: string, letGo: () => void): EspeakBindings {
  for (const staysLoaded of [true, false]) {
    const source = openLibrary(koffi, path, staysLoaded);
    try {
      const bindings = bindLibrary(koffi, source, letGo);
      if (isRepeatable(bindings)) return bindings;
    } catch (error) {
      source.close();
      throw error;
    }
    source.close();
  }
  throw unavailable('the library does not forget what it spoke, also when it is unloaded');
}

function bindLibrary(koffi: Koffi, source: LibrarySource, letGo: () => void): EspeakBindings {
  const callbackType = koffi.pointer(koffi.proto('int', ['void *', 'int', 'void *']));
  const eventsAt = createEventReader(koffi);
  const samplesAt = createSampleReader(koffi);

  function synthesize(utterance: EspeakUtterance, onChunk: OnChunk): void {
    withLibrary(source, (library) => {
      let isStopped = false;
      const failures: unknown[] = [];
      const callback = koffi.register((samples: bigint | null, count: number, events: bigint | null) => {
        if (isStopped) return 1;
        try {
          const chunk = samples !== null && count > 0 ? samplesAt(samples, count) : NO_SAMPLES;
          isStopped = !onChunk(chunk, eventsAt(events));
        } catch (error) {
          failures.push(error); // an exception does not get through the library
          isStopped = true;
        }
        return isStopped ? 1 : 0;
      }, callbackType);
      try {
        library.setSynthCallback(callback);
        const status = speak(library, utterance);
        if (failures.length > 0) throw failures[0];
        if (status !== EE_OK && !isStopped) throw notSpoken(utterance, status);
      } finally {
        koffi.unregister(callback);
      }
    });
  }

  const [voices, sampleRateHz] = withLibrary(source, (library, rateHz) => [listNativeVoices(koffi, library), rateHz]);
  const close = (): void => {
    source.close();
    letGo();
  };
  return { build: 'native', sampleRateHz, voices, synthesize, close };
}

/** Runs `use` with the library in its initial state, and its sample rate. */
function withLibrary<T>(source: LibrarySource, use: (library: NativeLibrary, sampleRateHz: number) => T): T {
  const library = source.take();
  try {
    const sampleRateHz = library.initialize(AUDIO_OUTPUT_SYNCHRONOUS, BUFFER_MS, null, INITIALIZE_DONT_EXIT);
    if (sampleRateHz <= 0) {
      source.close(); // its data may be of a version that was installed since: the next use loads the library that is there
      throw unavailable(`the library did not start (espeak_Initialize: ${sampleRateHz})`);
    }
    try {
      return use(library, sampleRateHz);
    } finally {
      library.terminate();
    }
  } finally {
    source.giveBack();
  }
}

/** Without espeakSSML and espeakPHONEMES, so that no text is markup. Returns the first status that is not EE_OK. */
function speak(library: NativeLibrary, { text, identifier, parameters }: EspeakUtterance): number {
  const bytes = Buffer.from(`${text}\0`);
  return (
    chooseVoice(library, identifier) ||
    library.setParameter(RATE, parameters.rateWpm, 0) ||
    library.setParameter(PITCH, parameters.pitch, 0) ||
    library.setParameter(VOLUME, parameters.volume, 0) ||
    library.synth(bytes, bytes.length, 0, POS_CHARACTER, 0, CHARS_UTF8 | ENDPAUSE, null, null)
  );
}

function createEventReader(koffi: Koffi): (list: bigint | null) => EspeakEvent[] {
  const eventInts = koffi.sizeof(eventType(koffi)) / Int32Array.BYTES_PER_ELEMENT;
  return (list) => (list === null ? [] : readEvents((index) => koffi.decode(list, index * 4, 'int32_t'), eventInts));
}

const eventType = (koffi: Koffi) =>
  koffi.struct({ ints: koffi.array('int32_t', EVENT_INTS), userData: 'void *', id: koffi.array('char', 8) });
