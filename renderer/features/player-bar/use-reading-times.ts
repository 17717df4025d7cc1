import { useRef } from 'react';
import { isActive } from '../../player/playback-state.ts';
import { useFeature } from '../../services-context.ts';
import { type ReadingTimes, timesOfIdle, timesOfReading } from './reading-times.ts';

/** Times as they are shown: rounded, so that the bar is drawn about once a second and not with every report. */
export function useReadingTimes(): ReadingTimes & { readonly isReading: boolean } {
  const idle = useFeature(
    ({ editor }) => editor.store,
    (info) => info,
  );
  const rate = useFeature(
    ({ settings }) => settings.store,
    ({ prosody }) => prosody.rate,
  );
  const last = useRef<ReadingTimes | null>(null);
  const reading = useFeature(
    ({ playback }) => playback.store,
    ({ state, position, text }) => {
      if (!isActive(state) || !position || !text) return null;
      const times = rounded(timesOfReading(position, text));
      if (!last.current || !isSame(times, last.current)) last.current = times;
      return last.current;
    },
  );
  return reading ? { ...reading, isReading: true } : { ...timesOfIdle({ ...idle, rate }), isReading: false };
}

function rounded({ share, elapsedMs, remainingMs }: ReadingTimes): ReadingTimes {
  return {
    share: Math.round(share * 1000) / 1000,
    elapsedMs: Math.floor(elapsedMs / 1000) * 1000,
    remainingMs: Math.round(remainingMs / 1000) * 1000,
  };
}

function isSame(a: ReadingTimes, b: ReadingTimes): boolean {
  return a.share === b.share && a.elapsedMs === b.elapsedMs && a.remainingMs === b.remainingMs;
}
