import type { Result } from '../../protocol/contract/define-contract.ts';
import type { HostContract } from '../../protocol/contract/host-contract.ts';
import { AsideError, toWireError, type WireError } from '../../protocol/errors.ts';
import type { EngineId, UnusableVoice, Voice } from '../../protocol/model/voice.ts';
import { isEndedOnRequest } from '../hosts/host-errors.ts';
import type { HostPool } from '../hosts/host-pool.ts';

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
  /** The voice of that id; for null the best one for the system's language. Rejects with `voice-not-found`. */
  resolve(voiceId: string | null): Promise<Voice>;
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
    resolve: async (voiceId) => {
      const { voices, problems } = await list();
      const voice = voiceId === null ? bestVoice(voices, systemLanguage) : voices.find(({ id }) => id === voiceId);
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

/** The voice whose language is nearest to `language` (BCP-47), else an English one, else the first. */
export function bestVoice(voices: readonly Voice[], language: string): Voice | undefined {
  return nearestVoice(voices, language) ?? nearestVoice(voices, 'en') ?? voices[0];
}

/**
 * The voice of the same language that is nearest to `language`: of that very tag, else without a region, else of the
 * region where most of its speakers are. So English of a region without a voice is not whichever accent is listed first.
 */
export function nearestVoice(voices: readonly Voice[], language: string): Voice | undefined {
  const wanted = language.toLowerCase();
  const base = baseOf(wanted);
  const tags = [wanted, base, `${base}-${mainRegionOf(base)}`];
  for (const tag of tags) {
    const voice = voices.find((candidate) => candidate.language.toLowerCase() === tag);
    if (voice) return voice;
  }
  return voices.find((candidate) => baseOf(candidate.language) === base);
}

/** `en` of `en-GB` */
export function baseOf(tag: string): string {
  return tag.toLowerCase().split('-', 1).join();
}

/** `us` of `en`; empty where nobody knows. */
function mainRegionOf(base: string): string {
  try {
    return new Intl.Locale(base).maximize().region?.toLowerCase() ?? '';
  } catch {
    return ''; // not a language tag
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
