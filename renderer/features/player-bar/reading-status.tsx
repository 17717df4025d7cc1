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
  const voiceName = useSpokenVoiceName();
  const readingDetail = isEditedSincePlay ? 'Your edits are heard at the next Play' : voiceName;
  const detail = isReading ? readingDetail : idleDetail(length, selection, remainingMs, share > 0);
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

/** Who is heard: with the automatic voice one would not know otherwise. */
function useSpokenVoiceName(): string {
  const voiceId = useFeature(
    ({ playback }) => playback.store,
    ({ position }) => position?.spoken?.voiceId,
  );
  return useFeature(
    ({ voices }) => voices.store,
    (state) => (state.kind === 'loaded' ? (state.voices.find(({ id }) => id === voiceId)?.name ?? '') : ''),
  );
}

function idleDetail(
  length: number,
  selection: { from: number; to: number } | null,
  remainingMs: number,
  isUnderWay: boolean,
): string {
  if (length === 0) return '';
  const time = `about ${describeTime(Math.max(1_000, remainingMs))}`; // "about 0 seconds" would say that nothing is heard
  if (selection) return `${(selection.to - selection.from).toLocaleString('en')} characters selected, ${time}`;
  return `${length.toLocaleString('en')} characters, ${time}${isUnderWay ? ' left' : ''}`;
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
