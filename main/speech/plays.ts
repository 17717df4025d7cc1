import type { AppContract } from '../../protocol/contract/app-contract.ts';
import type { Handlers } from '../../protocol/contract/serve.ts';
import { AsideError } from '../../protocol/errors.ts';
import type { Engines } from './engines.ts';
import { Play } from './play.ts';

type PlayHandlers = Pick<Handlers<AppContract>, 'speech.play' | 'speech.steer'>;

/** The plays of one page. */
export interface Plays {
  readonly play: PlayHandlers['speech.play'];
  readonly steer: PlayHandlers['speech.steer'];
  close(): void;
}

export function createPlays(engines: Engines): Plays {
  const running = new Map<string, Play>();
  return {
    play: async (params, context) => {
      const { playId, text, startIndex, endIndex } = params;
      if (running.has(playId)) throw refused(`a play named ${playId} is running`, 'play-exists', '');
      if (text.slice(startIndex, endIndex).trim() === '') {
        throw refused(
          'There is nothing to read here',
          'empty-text',
          'Type, paste or open a text, or move the cursor up.',
        );
      }
      const play = new Play(params, {
        resolveVoice: (voiceId) => engines.voices.resolve(voiceId),
        poolOf: (voice) => engines.poolOf(voice),
        emit: (item) => context.progress(item),
      });
      running.set(playId, play);
      context.onCredit((bytes) => play.credit(bytes));
      play.start();
      await aborted(context.signal);
      play.close();
      running.delete(playId);
      return {};
    },
    steer: (params) => {
      const play = running.get(params.playId);
      if (!play) throw refused(`no play named ${params.playId} is running`, 'unknown-play', 'Press Play again.');
      return play.steer(params);
    },
    close: () => {
      for (const play of running.values()) play.close();
      running.clear();
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function refused(message: string, reason: string, remedy: string): AsideError<'refused'> {
  return new AsideError('refused', message, { details: { reason }, remedy });
}
