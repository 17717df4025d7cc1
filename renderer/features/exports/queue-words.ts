import type { QueueItem } from '../../../protocol/model/export-queue.ts';
import { describeTime } from '../player-bar/format-time.ts';
import { formatBytes } from './format-bytes.ts';
import { type QueueTotals, shareOf } from './queue-totals.ts';

/** That the disk will not do, and what to do; null while it will. */
export function roomWarning({ littleRoom }: Pick<QueueItem, 'littleRoom'>): string | null {
  if (!littleRoom) return null;
  const { neededBytes, othersBytes, freeBytes } = littleRoom;
  const others = othersBytes === 0 ? '' : ` and other exports ${formatBytes(othersBytes)}`;
  return `Still needs about ${formatBytes(neededBytes)}${others}, and ${formatBytes(freeBytes)} are free: free some space`;
}

/** That it is read with markup, and what to do; null where it is not. */
export function markupWarning({ keepsMarkup }: QueueItem): string | null {
  return keepsMarkup ? 'Some of it keeps its Markdown markup: split it into smaller files to be without' : null;
}

/** What one item does, has become, or why it has not; and of which kind its files are. */
export function itemFacts(item: QueueItem): string {
  const { state } = item;
  const kinds = item.kinds.map((kind) => kind.toUpperCase()).join(', ');
  switch (state.kind) {
    case 'waiting':
      return `Waiting · ${kinds}`;
    case 'running': {
      const left = state.progress?.remainingMs ?? null;
      if (!state.progress) return `Starting… · ${kinds}`;
      return [percent(item), kinds, ...(left === null ? [] : [`${describeTime(left)} left`])].join(' · ');
    }
    case 'paused':
      return `Paused at ${percent(item)} · ${kinds}`;
    case 'done':
      return [
        `${describeTime(state.durationMs)} of audio`,
        [...new Set(state.outputs.map(({ name }) => fileKind(name)))].join(', '),
        formatBytes(state.bytes),
        ...(state.outputs.length > 1 ? [`${state.outputs.length} files`] : []),
      ]
        .filter((fact) => fact !== '')
        .join(' · ');
    case 'failed':
      return [state.error.message, state.error.remedy].filter(Boolean).map(asSentence).join(' ');
    case 'cancelled':
      return `Cancelled · ${kinds}`;
  }
}

/** `MP3` of `book.mp3`: what tells the files of an item apart. Empty where a name has no extension. */
export function fileKind(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toUpperCase();
}

function asSentence(words: string): string {
  return /[.!?…]$/u.test(words) ? words : `${words}.`;
}

/** Whole percent, never 100 before it is done. */
function percent(item: QueueItem): string {
  return `${Math.min(99, Math.floor(shareOf(item) * 100))} %`;
}

/** `8 made, 1 failed: why`, with the reason where one failed; empty when nothing has been tried. */
export function queueSummary({ done, failed, cancelled }: QueueTotals, items: readonly QueueItem[]): string {
  const reason = items.flatMap(({ state }) => (state.kind === 'failed' ? [state.error.message] : []))[0];
  const parts = [
    ...(done > 0 ? [`${done} made`] : []),
    ...(cancelled > 0 ? [`${cancelled} cancelled`] : []),
    ...(failed > 0 ? [failed === 1 ? `1 failed: ${reason}` : `${failed} failed`] : []),
  ];
  return parts.join(', ');
}

/** `3 of 8 made · 2 minutes left`, while there is something left to do. */
export function queueFacts({ done, failed, left, remainingMs }: QueueTotals, isRunning: boolean): string {
  const all = done + failed + left;
  return [
    ...(done + failed > 0 || isRunning ? [`${done} of ${all} made`] : [`${all} waiting`]),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(remainingMs === null ? [] : [`${describeTime(remainingMs)} left`]),
  ].join(' · ');
}
