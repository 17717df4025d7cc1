import type { Result } from '../../protocol/contract/define-contract.ts';
import type { HostContract } from '../../protocol/contract/host-contract.ts';
import { AsideError, toWireError, type WireError } from '../../protocol/errors.ts';
import type { EngineId, UnusableVoice, Voice, VoiceTraits } from '../../protocol/model/voice.ts';
import { isEndedOnRequest } from '../hosts/host-errors.ts';
import type { HostPool } from '../hosts/host-pool.ts';
import { bestVoice } from './nearest-voice.ts';
import { substituteFor } from './substitute-voice.ts';

export interface VoiceList {
  readonly voices: Voice[];
  /** Why an engine has no voices here. */
  readonly problems: WireError[];
  /** Installed, and of no use here. */
  readonly unusable: UnusableVoice[];
}

export interface VoiceCatalogue {
  /** Voices of all engines that work here. Rejects with the first engine's error when none does. */
  list(): Promise<VoiceList>;
  /**
   * The voice of that id, or the one that takes its place (see `substituteFor`); for null the best one for the system's
   * language. `traits`: what is known of it besides. Rejects with `voice-not-found`.
   */
  resolve(voiceId: string | null, traits?: VoiceTraits | null): Promise<Voice>;
}

/** Asks each engine once and remembers what it said; an engine that failed is asked again the next time. */
export function createVoiceCatalogue(
  pools: ReadonlyMap<EngineId, HostPool<HostContract>>,
  systemLanguage: string,
): VoiceCatalogue {
  const known = new Map<EngineId, Promise<EngineVoices>>();

  function voicesOf(engine: EngineId, pool: HostPool<HostContract>): Promise<EngineVoices> {
    const asked = known.get(engine) ?? ask(pool);
    known.set(engine, asked);
    asked.catch(() => known.delete(engine));
    return asked;
  }

  async function list(): Promise<VoiceList> {
    const answers = await Promise.allSettled([...pools].map(([engine, pool]) => voicesOf(engine, pool)));
    const found = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    const voices = found.flatMap((engine) => engine.voices);
    const failures = answers.filter((answer) => answer.status === 'rejected');
    if (voices.length === 0 && failures[0]) throw failures[0].reason;
    return {
      voices,
      problems: failures.map((failure) => toWireError(failure.reason)),
      unusable: found.flatMap((engine) => engine.unusable ?? []),
    };
  }

  return {
    list,
    resolve: async (voiceId, traits = null) => {
      const { voices, problems } = await list();
      const voice =
        voiceId === null
          ? bestVoice(voices, systemLanguage)
          : (voices.find(({ id }) => id === voiceId) ?? substituteFor(voices, { id: voiceId, traits }));
      if (voice) return voice;
      throw voiceNotFound(voiceId, voices, problems);
    },
  };
}

type EngineVoices = Result<HostContract, 'voices.list'>;

async function ask(pool: HostPool<HostContract>): Promise<EngineVoices> {
  for (;;) {
    try {
      return await pool.request('voices.list', {});
    } catch (error) {
      if (!isEndedOnRequest(error)) throw error;
    }
  }
}

function voiceNotFound(voiceId: string | null, voices: readonly Voice[], problems: readonly WireError[]): AsideError {
  const name = voiceId ?? 'for the system language';
  const because = problems[0] ? ` (${problems[0].message})` : '';
  return new AsideError(
    'voice-not-found',
    `There is no voice ${name} among the ${voices.length} voices here${because}`,
    {
      details: { voiceId: voiceId ?? '' },
      remedy: 'Choose another voice; `aside voices` lists them.',
    },
  );
}
