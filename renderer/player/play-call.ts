import type { AppContract } from '../../protocol/contract/app-contract.ts';
import type { Call } from '../../protocol/contract/call.ts';
import type { Client } from '../../protocol/contract/connect.ts';
import type { AsideError } from '../../protocol/errors.ts';
import type { PlayItem, SteerParams } from '../../protocol/model/play.ts';
import type { Prosody } from '../../protocol/model/prosody.ts';
import { asAsideError } from '../as-aside-error.ts';
import { AudioCredit } from './audio-credit.ts';

/** In whose voice and how the text is spoken. */
export interface Manner {
  readonly voiceId: string | null;
  readonly prosody: Prosody;
}

export interface PlayText {
  readonly text: string;
  /** Reads `text.slice(startIndex, endIndex)`. */
  readonly startIndex: number;
  readonly endIndex: number;
  /** Begins there; skips can lead back as far as `startIndex`. */
  readonly fromIndex: number;
}

export interface PlayCallEvents {
  /** Items of the present generation only. */
  onItem(item: PlayItem): void;
  /** The call broke off by itself: refused, or the connection is gone. */
  onBroken(error: AsideError): void;
}

/** What most voices have; the first audio tells. */
const LIKELY_RATE_HZ = 22_050;

let plays = 0;

/** One `speech.play` as main sees it: its generations, its credit, its end. */
export class PlayCall {
  readonly #client: Client<AppContract>;
  readonly #playId: string;
  readonly #abort = new AbortController();
  readonly #call: Call<unknown>;
  readonly #credit = new AudioCredit(LIKELY_RATE_HZ);
  #generation = 0;
  #manner: Manner;

  constructor(client: Client<AppContract>, text: PlayText, manner: Manner, events: PlayCallEvents) {
    plays += 1;
    this.#client = client;
    this.#playId = `play-${Date.now().toString(36)}-${plays}`;
    this.#manner = manner;
    const { fromIndex, ...range } = text;
    const isFromStart = fromIndex === text.startIndex;
    const terms = this.#terms();
    this.#call = client.start(
      'speech.play',
      // Main begins at the start; without credit it only waits for the steer to the real place.
      { ...range, ...terms, ...(!isFromStart && { creditBytes: 0 }), playId: this.#playId },
      {
        signal: this.#abort.signal,
        onProgress: (item) => {
          if (item.generation !== this.#generation) return;
          if (item.kind === 'audio') this.#credit.setRate(item.sampleRateHz);
          events.onItem(item);
        },
      },
    );
    const broken = (error: unknown): void => {
      if (this.#abort.signal.aborted) return;
      events.onBroken(asAsideError(error));
    };
    this.#call.result.catch(broken);
    if (!isFromStart) this.steer({ charIndex: fromIndex, sentence: null }, manner).catch(broken);
  }

  get generation(): number {
    return this.#generation;
  }

  /** The manner of the present generation. */
  get manner(): Manner {
    return this.#manner;
  }

  /** Goes on at `from` in a new generation; what is on its way of the old one is dropped. Resolves with the place. */
  async steer(from: SteerParams['from'], manner: Manner): Promise<number> {
    this.#generation += 1;
    this.#manner = manner;
    const { charIndex } = await this.#client.request(
      'speech.steer',
      { ...this.#terms(), playId: this.#playId, from },
      { signal: this.#abort.signal },
    );
    return charIndex;
  }

  /** Tells how much audio of the present generation has been played, so that more may come. */
  playedTo(playedMs: number): void {
    const bytes = this.#credit.playedTo(playedMs);
    if (bytes > 0) this.#call.credit(bytes);
  }

  close(): void {
    this.#abort.abort();
  }

  /** Volume is left to the player, where it applies at once, also to what is buffered. */
  #terms() {
    return {
      generation: this.#generation,
      creditBytes: this.#credit.begin(),
      voiceId: this.#manner.voiceId,
      prosody: { ...this.#manner.prosody, volume: 100 },
    };
  }
}

/** Whether speech in manner `a` sounds like speech in manner `b` as it comes from main. */
export function isSameSpeech(a: Manner, b: Manner): boolean {
  return a.voiceId === b.voiceId && a.prosody.rate === b.prosody.rate && a.prosody.pitch === b.prosody.pitch;
}
