import { type KeyboardEvent, useMemo, useState } from 'react';
import type { Voice } from '../../../protocol/model/voice.ts';
import { readRecentVoices } from './recent-voices.ts';
import { groupVoices, indexVoices, type VoiceGroup } from './voice-search.ts';

/** More rows than anybody reads; typing narrows them. */
const MAX_SHOWN = 300;

export interface VoiceListModel {
  readonly query: string;
  setQuery(query: string): void;
  readonly groups: readonly VoiceGroup[];
  /** Voices that were found but are not shown. */
  readonly hiddenCount: number;
  readonly activeId: string | null;
  setActiveId(id: string | null): void;
  onKeyDown(event: KeyboardEvent): void;
}

/** The id that stands for "choose for me" in the list. */
export const AUTOMATIC = 'automatic';

/** Search and keyboard of the voice list. The focus stays in the search field; the active option moves. */
export function useVoiceList(
  voices: readonly Voice[],
  selectedId: string | null,
  onChoose: (id: string | null) => void,
): VoiceListModel {
  const [query, setQueryState] = useState('');
  const [activeId, setActiveId] = useState<string | null>(selectedId ?? AUTOMATIC);
  const [recentIds] = useState(readRecentVoices);
  const index = useMemo(() => indexVoices(voices), [voices]);
  const found = useMemo(
    () => groupVoices(index, query, { recentIds, language: navigator.language }),
    [index, query, recentIds],
  );
  const { groups, hiddenCount } = useMemo(() => limit(found, MAX_SHOWN), [found]);
  const isAutomaticShown = query.trim() === '';
  const ids = [
    ...(isAutomaticShown ? [AUTOMATIC] : []),
    ...groups.flatMap((group) => group.voices.map(({ id }) => id)),
  ];
  const active = activeId !== null && ids.includes(activeId) ? activeId : (ids[0] ?? null);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && active !== null) onChoose(active === AUTOMATIC ? null : active);
    const next = nextIndex(event.key, active === null ? -1 : ids.indexOf(active), ids.length);
    if (next === null && event.key !== 'Enter') return;
    event.preventDefault();
    if (next !== null) setActiveId(ids[next] ?? null);
  };
  const setQuery = (text: string): void => {
    setQueryState(text);
    setActiveId(null);
  };
  return { query, setQuery, groups, hiddenCount, activeId: active, setActiveId, onKeyDown };
}

function nextIndex(key: string, current: number, count: number): number | null {
  if (count === 0) return null;
  const last = count - 1;
  if (key === 'ArrowDown') return current >= last ? 0 : current + 1;
  if (key === 'ArrowUp') return current <= 0 ? last : current - 1;
  if (key === 'PageDown') return Math.min(last, current + 8);
  if (key === 'PageUp') return Math.max(0, current - 8);
  return null;
}

function limit(groups: readonly VoiceGroup[], max: number): { groups: VoiceGroup[]; hiddenCount: number } {
  let left = max;
  let hiddenCount = 0;
  const shown = groups.map(({ title, voices }) => {
    const kept = voices.slice(0, left);
    left -= kept.length;
    hiddenCount += voices.length - kept.length;
    return { title, voices: kept };
  });
  return { groups: shown.filter(({ voices }) => voices.length > 0), hiddenCount };
}
