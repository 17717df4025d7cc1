import process from 'node:process';
import { AsideError } from '../../../protocol/errors.ts';
import type { Engine, LoadEngine } from '../engine.ts';
import { loadNative, withoutNative } from './native.ts';
import { synthesize } from './synthesize.ts';
import { SAMPLE_RATE_HZ } from './tone.ts';
import { scriptedVoices } from './voices.ts';

/**
 * The engine of the tests: the same text always gives the same audio, and directives in the text make it misbehave in
 * every way a native engine can (see `parseDirectives`). `ASIDE_SCRIPTED_LOAD` in the environment makes the loading
 * itself misbehave: `fail`, `hang` or `crash`.
 */
export const loadScripted: LoadEngine = async () => {
  misbehaveOnLoad(process.env.ASIDE_SCRIPTED_LOAD);
  const native = await loadNative().catch(withoutNative);
  const engine: Engine = {
    id: 'scripted',
    sampleRateHz: SAMPLE_RATE_HZ,
    listVoices: () => scriptedVoices.map(({ frequencyHz: _, ...voice }) => voice),
    synthesize: (synthesis, sink) => synthesize(synthesis, sink, native),
    close: () => {},
  };
  return engine;
};

function misbehaveOnLoad(how: string | undefined): void {
  if (how === 'hang') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  if (how === 'crash') process.kill(process.pid, 'SIGKILL');
  if (how !== 'fail') return;
  throw new AsideError('engine-unavailable', 'the scripted engine was told not to load', {
    details: { engine: 'scripted' },
    remedy: 'Take ASIDE_SCRIPTED_LOAD out of the environment.',
  });
}
