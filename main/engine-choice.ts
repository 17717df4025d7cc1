import { AsideError } from '../protocol/errors.ts';
import { EngineId } from '../protocol/model/voice.ts';

/** Windows' own voices come first there: who has chosen none is to hear one of them. */
const shipped = (platform: NodeJS.Platform): readonly EngineId[] =>
  platform === 'win32' ? ['sapi', 'espeak'] : ['espeak'];

/** The engines of this run: `ASIDE_ENGINES`, a comma-separated list for developers, or all that ship for the platform. */
export function chosenEngines(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): readonly EngineId[] {
  const wanted = env.ASIDE_ENGINES;
  if (!wanted) return shipped(platform);
  return wanted.split(',').map((name) => {
    const engine = EngineId.safeParse(name.trim());
    if (engine.success) return engine.data;
    throw new AsideError('engine-unavailable', `ASIDE_ENGINES names ${JSON.stringify(name)}, which is no engine`, {
      details: { engine: name },
      remedy: `Use some of: ${EngineId.options.join(', ')}.`,
    });
  });
}

/** BCP-47, e.g. `de-AT`. Of all that knows it, what is made in a moment: a DateTimeFormat takes 5 to 20 ms. */
export function systemLanguage(): string {
  return new Intl.PluralRules().resolvedOptions().locale;
}
