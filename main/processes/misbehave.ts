import { AsideError, isAsideError, toWireError, type WireError } from '../../protocol/errors.ts';
import type { Misbehaviour } from '../../protocol/model/processes.ts';
import { DEFAULT_PROSODY } from '../../protocol/model/prosody.ts';
import type { Engines } from '../speech/engines.ts';

/** More would only fill the queue. */
const MAX_AT_ONCE = 4;

/** Far below the 10 s of the contract: whoever looks on has hung a host on purpose. */
const HANG_TIMEOUT_MS = 3_000;

/** More than the text's audio. */
const ENOUGH_CREDIT_BYTES = 10_000_000;

/** Texts for the scripted engine (native-host/engines/scripted/directives.ts). */
const TEXTS: Readonly<Record<Misbehaviour, string>> = {
  block: '{{native-sleep 5000}}',
  spin: '{{spin 5000}}',
  hang: '{{hang}}',
  crash: '{{block 700}} {{crash}}',
  leak: '{{leak 32}} {{block 200}} '.repeat(8),
};

export interface Misbehaviours {
  /** See `developer.misbehave` in the app contract. */
  run(how: Misbehaviour, signal: AbortSignal): Promise<{ pid: number | null; error: WireError | null }>;
}

/** Only the scripted engine is ever made to misbehave: nobody speaks with it but developers and tests. */
export function createMisbehaviours(engines: Pick<Engines, 'voices' | 'poolOf'>, isDeveloper: boolean): Misbehaviours {
  let running = 0;

  async function misbehave(how: Misbehaviour, signal: AbortSignal): ReturnType<Misbehaviours['run']> {
    const { voices } = await engines.voices.list();
    const voice = voices.find(({ engine }) => engine === 'scripted');
    if (!voice) throw refused('The scripted engine has no voices', 'no-scripted-voice', 'Look at the log.');
    let pid: number | null = null;
    const params = {
      text: TEXTS[how],
      voiceId: voice.id,
      prosody: DEFAULT_PROSODY,
      initialCreditBytes: ENOUGH_CREDIT_BYTES,
    };
    try {
      await engines.poolOf(voice).request('utterance.speak', params, {
        signal,
        priority: 'background',
        onAssigned: (assigned) => {
          pid = assigned;
        },
        ...(how === 'hang' && { progressTimeoutMs: HANG_TIMEOUT_MS }),
      });
      return { pid, error: null };
    } catch (error) {
      if (!isAsideError(error)) throw error;
      return { pid, error: toWireError(error) };
    }
  }

  return {
    run: async (how, signal) => {
      if (!isDeveloper) throw refused('Hosts misbehave only for developers', 'no-developer', NOT_FOR_USERS);
      if (running >= MAX_AT_ONCE)
        throw refused(`${MAX_AT_ONCE} hosts misbehave already`, 'too-many', 'Wait until one of them is done.');
      running += 1;
      try {
        return await misbehave(how, signal);
      } finally {
        running -= 1;
      }
    },
  };
}

const NOT_FOR_USERS = 'Start Aside with ASIDE_ENGINES=espeak,scripted.';

function refused(message: string, reason: string, remedy: string): AsideError<'refused'> {
  return new AsideError('refused', message, { details: { reason }, remedy });
}
