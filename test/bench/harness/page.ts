import { Play } from '../../../main/speech/play.ts';
import type { PlayItem } from '../../../protocol/model/play.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import { type BenchEngines, untilStarted } from './bench-engines.ts';

/** Ten seconds of 22 050 Hz audio: what the real page keeps ahead of the listener. */
export const AHEAD_BYTES = 10 * 22_050 * 2;
/** Half a second. */
const GRANT_STEP_BYTES = 22_050;

export interface PageOptions {
  readonly text: string;
  readonly startIndex?: number;
  /** Hears what arrives at once: the engine hardly waits. Default: false. */
  readonly hearsAtOnce?: boolean;
  onItem(item: PlayItem): void;
}

/** Grants again what is heard, in the real page's steps. */
export function grantInSteps(grant: (bytes: number) => void): (heardBytes: number) => void {
  let ungrantedBytes = 0;
  return (heardBytes) => {
    ungrantedBytes += heardBytes;
    if (ungrantedBytes < GRANT_STEP_BYTES) return;
    grant(ungrantedBytes);
    ungrantedBytes = 0;
  };
}

/** A play as a page would have it, without the page: from main's own `Play` down everything is real. Starts at once. */
export function openPlay({ engines, voice }: BenchEngines, options: PageOptions): Play {
  const { text, startIndex = 0, hearsAtOnce = false } = options;
  const hear = grantInSteps((bytes) => play.credit(bytes));
  const play = new Play(
    {
      playId: 'bench',
      generation: 0,
      creditBytes: AHEAD_BYTES,
      voiceId: voice.id,
      prosody: DEFAULT_PROSODY,
      text,
      startIndex,
      endIndex: text.length,
    },
    {
      resolveVoice: (voiceId) => engines.voices.resolve(voiceId),
      poolOf: (found) => engines.poolOf(found),
      emit: (item) => {
        options.onItem(item);
        if (item.kind === 'audio' && hearsAtOnce) hear(item.pcm.byteLength);
      },
    },
  );
  play.start();
  return play;
}

/** A spare starts when somebody has listened for a moment: reads `text`, which takes longer, until it is ready. */
export async function playUntilSpare(engines: BenchEngines, text: string): Promise<void> {
  const play = openPlay(engines, { text, onItem: () => {} });
  await untilStarted(engines.pool, 2).finally(() => play.close());
}
