import { AsideError } from '../../protocol/errors.ts';
import { EngineId } from '../../protocol/model/voice.ts';
import type { Engine, LoadEngine } from './engine.ts';
import type { ControlThreadEngine } from './load-on-control-thread.ts';

/** Engines that sit on the engine thread. Each is a bundle of its own: a host loads the one it was started for. */
const loaders: Readonly<Record<Exclude<EngineId, ControlThreadEngine>, () => Promise<LoadEngine>>> = {
  espeak: async () => (await import('./espeak/load-espeak.ts')).loadEspeak,
  scripted: async () => (await import('./scripted/load-scripted.ts')).loadScripted,
};

/** Loads the engine named `id`. Throws `engine-unavailable` when there is no such engine or it cannot run here. */
export async function loadEngine(id: string): Promise<Engine> {
  const loader = Object.hasOwn(loaders, id) ? loaders[id as keyof typeof loaders] : undefined;
  if (!loader) {
    throw new AsideError('engine-unavailable', `there is no engine named ${JSON.stringify(id)}`, {
      details: { engine: id },
      remedy: `Use one of: ${EngineId.options.join(', ')}.`,
    });
  }
  const load = await loader();
  return load();
}
