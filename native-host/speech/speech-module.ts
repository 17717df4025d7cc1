import type { HostContract } from '../../protocol/contract/host-contract.ts';
import type { Engine } from '../engines/engine.ts';
import type { CallModule } from '../runtime/call-module.ts';
import { render } from './render.ts';
import { speak } from './speak.ts';

/** The speech requests of the host contract on top of one engine. */
export function createSpeechModule(engine: Engine): CallModule<HostContract> {
  return {
    handlers: {
      'voices.list': () => ({ voices: engine.listVoices() }),
      'utterance.speak': (params, call) => speak(engine, params, call),
      'utterance.render': (params, call) => render(engine, params, call),
    },
    close: () => engine.close(),
  };
}
