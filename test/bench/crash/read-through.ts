import { createHash, type Hash } from 'node:crypto';
import process from 'node:process';
import { createDeferred } from '../../../protocol/contract/deferred.ts';
import type { PlayItem } from '../../../protocol/model/play.ts';
import { type BenchEngines, busyPid, untilReady } from '../harness/bench-engines.ts';
import { openPlay } from '../harness/page.ts';
import type { SpokenWord } from './compare-words.ts';
import { GapWatch } from './gap-watch.ts';

export interface ReadThrough {
  readonly words: SpokenWord[];
  /** One digest of all audio of each segment, in order. */
  readonly audio: string[];
  readonly brokenSegments: ReadonlySet<number>;
  /** From each kill to the next audio of another host. */
  readonly gapsMs: readonly number[];
  /** Between one piece of audio and the next. */
  readonly intervalsMs: readonly number[];
}

export interface Kills {
  /** At most so many; 0 for an undisturbed reading. */
  readonly count: number;
  /** Milliseconds of speech before the next one. */
  nextPauseMs(): number;
}

/** Plays a text to its end, as fast as it is made, and kills the host that speaks now and then. Rejects if the play fails. */
export async function readThrough(engines: BenchEngines, text: string, kills: Kills): Promise<ReadThrough> {
  await untilReady(engines.pool, 1);
  const gaps = new GapWatch();
  const words: SpokenWord[] = [];
  const digests: Hash[] = [];
  const intervalsMs: number[] = [];
  let lastAudioMs: number | undefined;
  const over = createDeferred<void>();
  let left = kills.count;
  let dueMs = performance.now() + kills.nextPauseMs();

  const killWhenDue = (atMs: number): void => {
    if (left === 0 || gaps.isOpen || atMs < dueMs) return;
    const pid = busyPid(engines.pool);
    if (pid === undefined) return; // between two segments
    left -= 1;
    gaps.killed(performance.now());
    process.kill(pid, 'SIGKILL');
  };
  const onItem = (item: PlayItem): void => {
    const atMs = performance.now();
    if (gaps.sees(item, atMs)) dueMs = atMs + kills.nextPauseMs();
    if (item.kind === 'segment') digests.push(createHash('sha1'));
    if (item.kind === 'audio') {
      digests.at(-1)?.update(item.pcm);
      if (lastAudioMs !== undefined) intervalsMs.push(atMs - lastAudioMs);
      lastAudioMs = atMs;
    }
    if (item.kind === 'boundaries') {
      for (const { kind, charIndex } of item.boundaries) {
        if (kind === 'word') words.push({ segment: item.segment, charIndex });
      }
    }
    if (item.kind === 'end') over.resolve();
    if (item.kind === 'failed') over.reject(new Error(`the play failed: ${item.error.message}`));
  };
  const timer = setInterval(() => killWhenDue(performance.now()), 1);
  const play = openPlay(engines, { text, hearsAtOnce: true, onItem });
  try {
    await over.promise;
  } finally {
    clearInterval(timer);
    play.close();
  }
  const audio = digests.map((digest) => digest.digest('hex'));
  return { words, audio, brokenSegments: gaps.brokenSegments, gapsMs: gaps.gapsMs, intervalsMs };
}
