import { AsideError } from '../protocol/errors.ts';
import { EngineId } from '../protocol/model/voice.ts';

const DEFAULT_ENGINES: readonly EngineId[] = ['espeak'];

/** The engines of this run: `ASIDE_ENGINES`, a comma-separated list for developers, or all that ship. */
export function chosenEngines(env: NodeJS.ProcessEnv): readonly EngineId[] {
  const wanted = env.ASIDE_ENGINES;
  if (!wanted) return DEFAULT_ENGINES;
  return wanted.split(',').map((name) => {
    const engine = EngineId.safeParse(name.trim());
    if (engine.success) return engine.data;
    throw new AsideError('engine-unavailable', `ASIDE_ENGINES names ${JSON.stringify(name)}, which is no engine`, {
      details: { engine: name },
      remedy: `Use some of: ${EngineId.options.join(', ')}.`,
    });
  });
}

/** BCP-47, e.g. `de-AT`. */
export function systemLanguage(): string {
  return Intl.DateTimeFormat().resolvedOptions().locale;
}
