import { createDeferred } from '../../../protocol/contract/deferred.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import { type BenchEngines, untilReady } from '../harness/bench-engines.ts';
import { AHEAD_BYTES, openPlay, playUntilSpare } from '../harness/page.ts';

/** One sentence that takes two seconds, in which the engine heeds nothing, then one that is spoken as usual. */
const DEAF_SENTENCE = `{{deaf}}{{slow 20}} ${'word '.repeat(100).trim()}.`;
const NEXT_SENTENCE = 'Now something else is read.';
const LONG_TEXT = `${NEXT_SENTENCE} `.repeat(100);
const TEXT = `${DEAF_SENTENCE}\n\n${NEXT_SENTENCE}`;

/** Plays a text whose engine goes deaf, skips to the next sentence, and returns the milliseconds to its first audio. */
export async function skipDeafSentence(engines: BenchEngines, hasSpare: boolean): Promise<number> {
  if (hasSpare) await playUntilSpare(engines, LONG_TEXT);
  await untilReady(engines.pool, hasSpare ? 2 : 1);
  const firstAudio = [createDeferred<void>(), createDeferred<void>()];
  const play = openPlay(engines, {
    text: TEXT,
    onItem: (item) => {
      if (item.kind === 'audio') firstAudio[item.generation]?.resolve();
      if (item.kind === 'failed') firstAudio[item.generation]?.reject(new Error(item.error.message));
    },
  });
  await firstAudio[0]?.promise;
  const skippedMs = performance.now();
  play.steer({
    playId: 'bench',
    generation: 1,
    creditBytes: AHEAD_BYTES,
    voiceId: engines.voice.id,
    prosody: DEFAULT_PROSODY,
    from: { charIndex: TEXT.indexOf(NEXT_SENTENCE), sentence: null },
  });
  await firstAudio[1]?.promise;
  const ms = performance.now() - skippedMs;
  play.close();
  return ms;
}
