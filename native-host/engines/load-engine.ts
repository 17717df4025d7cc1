import { AsideError } from '../../protocol/errors.ts';
import { EngineId } from '../../protocol/model/voice.ts';
import type { Engine, LoadEngine } from './engine.ts';

/** Each engine is a bundle of its own: a host loads the one it was started for. */
const loaders: Readonly<Partial<Record<EngineId, () => Promise<LoadEngine>>>> = {
  scripted: async () => (await import('./scripted/load-scripted.ts')).loadScripted,
};

/** Loads the engine named `id`. Throws `engine-unavailable` when there is no such engine or it cannot run here. */
export async function loadEngine(id: string): Promise<Engine> {
  const known = EngineId.safeParse(id);
  if (!known.success) throw unknownEngine(id);
  const load = await loaders[known.data]?.();
  if (!load) throw unknownEngine(id);
  return load();
}

function unknownEngine(id: string): AsideError {
  return new AsideError('engine-unavailable', `there is no engine named ${JSON.stringify(id)}`, {
    details: { engine: id },
    remedy: `Use one of: ${EngineId.options.join(', ')}.`,
  });
}
