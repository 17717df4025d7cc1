import process from 'node:process';
import { AsideError } from '../../../protocol/errors.ts';
import type { Engine, LoadEngine } from '../engine.ts';
import type { EspeakBindings } from './bindings.ts';
import { unavailable } from './errors.ts';
import { createEspeakEngine } from './espeak-engine.ts';

type Build = EspeakBindings['build'];

/** Each is loaded only when it is used: the native one brings koffi, the other 24 MB of data. */
const builds: Readonly<Record<Build, () => Promise<EspeakBindings>>> = {
  native: async () => (await import('./native-bindings.ts')).createNativeBindings(),
  wasm: async () => (await import('./wasm-bindings.ts')).createWasmBindings(),
};

/**
 * The system's libespeak-ng when it can be used, else the bundled WebAssembly build, some four times slower. For
 * developers, `ASIDE_ESPEAK` in the environment names the build to use: `native`, `wasm` or `auto`, and
 * `ASIDE_ESPEAK_LIBRARY` the path of a libespeak-ng.
 */
export const loadEspeak: LoadEngine = () => loadBuild(process.env.ASIDE_ESPEAK || 'auto');

async function loadBuild(name: string): Promise<Engine> {
  if (name === 'native' || name === 'wasm') return createEspeakEngine(await builds[name]());
  if (name !== 'auto') throw unknownBuild(name);
  try {
    return createEspeakEngine(await builds.native());
  } catch (nativeError) {
    return createEspeakEngine(
      await builds.wasm().catch((wasmError: unknown) => {
        throw unavailable(`neither build can be used. ${reason(nativeError)} ${reason(wasmError)}`, wasmError);
      }),
    );
  }
}

function unknownBuild(name: string): AsideError {
  return new AsideError('engine-unavailable', `eSpeak NG has no build ${JSON.stringify(name)}`, {
    details: { engine: 'espeak' },
    remedy: 'Set ASIDE_ESPEAK to native, wasm or auto, or take it out of the environment.',
  });
}

function reason(error: unknown): string {
  return error instanceof Error ? `${error.message}.` : String(error);
}
