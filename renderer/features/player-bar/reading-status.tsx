import type { PlaybackState } from '../../player/playback-state.ts';
import { useFeature } from '../../services-context.ts';
import { describeTime } from './format-time.ts';
import { useReadingTimes } from './use-reading-times.ts';

/** One line on what is going on. Its width is fixed, so nothing moves when it changes. */
export function ReadingStatus() {
  const state = useFeature(
    ({ playback }) => playback.store,
    (snapshot) => snapshot.state,
  );
  const { length, selection, isEditedSincePlay } = useFeature(
    ({ editor }) => editor.store,
    (info) => info,
  );
  const { share, remainingMs, isReading } = useReadingTimes();
  const detail = isReading
    ? isEditedSincePlay
      ? 'Your edits are heard at the next Play'
      : ''
    : length === 0
      ? ''
      : idleDetail(length, selection, remainingMs);
  return (
    <div className="status">
      <span className="status__line">
        <span data-testid="status">{statusOf(state)}</span>
        {isReading && <span className="status__percent tabular">{Math.floor(share * 100)} %</span>}
      </span>
      <span className="status__detail">{detail}</span>
    </div>
  );
}

function idleDetail(length: number, selection: { from: number; to: number } | null, remainingMs: number): string {
  if (selection) return `${(selection.to - selection.from).toLocaleString('en')} characters selected`;
  return `${length.toLocaleString('en')} characters, about ${describeTime(remainingMs)}`;
}

function statusOf(state: PlaybackState): string {
  switch (state.phase) {
    case 'idle':
      return 'Ready';
    case 'starting':
      return 'Starting…';
    case 'playing':
      return 'Reading';
    case 'waiting':
      return 'Reading…';
    case 'paused':
      return state.cause === 'user' ? 'Paused' : 'No sound';
    case 'finished':
      return 'Finished';
    case 'failed':
      return 'Stopped by an error';
  }
}
