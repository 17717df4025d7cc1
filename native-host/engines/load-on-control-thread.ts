import type { Engine, LoadEngine } from './engine.ts';

/**
 * Engines that sit on the control thread, because all that blocks in them is on threads of their own. `sapi` could not sit
 * on another: the native half of edge can be used on a process's main thread only.
 */
const loaders = {
  sapi: async (): Promise<LoadEngine> => (await import('./sapi/load-sapi.ts')).loadSapi,
};
export type ControlThreadEngine = keyof typeof loaders;

export function sitsOnControlThread(id: string): id is ControlThreadEngine {
  return Object.hasOwn(loaders, id);
}

/** Throws `engine-unavailable` where the engine cannot run. */
export async function loadOnControlThread(id: ControlThreadEngine): Promise<Engine> {
  const load = await loaders[id]();
  return load();
}
