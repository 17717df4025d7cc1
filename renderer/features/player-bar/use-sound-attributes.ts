import { type RefObject, useEffect, useRef } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { PlaybackSnapshot } from '../../player/playback.ts';

/**
 * Writes what reached the loudspeaker since Play into the element: `data-played-ms`, of these `data-sounding-ms` that
 * were not silence, and `data-heard-peak`, the loudest sample (0 to 1, after volume). Outside of React, 50 times a
 * second would be too often to draw.
 */
export function useSoundAttributes<E extends HTMLElement>(store: StoreApi<PlaybackSnapshot>): RefObject<E | null> {
  const element = useRef<E>(null);
  useEffect(() => {
    const write = ({ sound }: PlaybackSnapshot): void => {
      if (!element.current) return;
      const { dataset } = element.current;
      dataset.playedMs = sound.playedMs.toFixed(0);
      dataset.soundingMs = sound.soundingMs.toFixed(0);
      dataset.heardPeak = sound.peak.toFixed(4);
    };
    write(store.getState());
    return store.subscribe((now, before) => {
      if (now.sound !== before.sound) write(now);
    });
  }, [store]);
  return element;
}
