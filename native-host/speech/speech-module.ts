import type { HostContract } from '../../protocol/contract/host-contract.ts';
import { AsideError } from '../../protocol/errors.ts';
import type { Markup } from '../../protocol/model/markup.ts';
import type { Engine } from '../engines/engine.ts';
import type { CallModule } from '../runtime/call-module.ts';
import { render } from './render.ts';
import { speak } from './speak.ts';

/** The speech requests of the host contract on top of one engine, for the thread that it lives on. */
export function createSpeechModule(engine: Engine, thread: 'engine' | 'control' = 'engine'): CallModule<HostContract> {
  const fileCalls = thread === 'engine' ? 'blocking' : 'later';
  return {
    handlers: {
      'voices.list': () => ({ voices: engine.listVoices(), unusable: engine.listUnusable?.() ?? [] }),
      'utterance.speak': async (params, call) => speak(engine, readable(engine, params), call),
      'utterance.render': async (params, call) => render(engine, readable(engine, params), call, fileCalls),
    },
    close: () => engine.close(),
  };
}

/** Throws `refused` for markup that the engine does not read: it would be spoken. */
function readable<P extends { markup?: Markup | undefined }>(engine: Engine, params: P): P {
  const { markup } = params;
  if (markup === undefined || engine.markups?.includes(markup)) return params;
  throw new AsideError('refused', `the engine ${engine.id} does not read ${markup} markup`, {
    details: { reason: 'markup' },
    remedy: 'Send plain text, or choose a voice of an engine that reads it.',
  });
}
