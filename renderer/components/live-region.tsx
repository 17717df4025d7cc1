import { useFeature } from '../services-context.ts';

/** Where announcements are put for screen readers. */
export function LiveRegion() {
  const { message, count } = useFeature(
    ({ announcer }) => announcer.store,
    (state) => state,
  );
  return (
    <div role="status" aria-live="polite" className="visually-hidden" data-testid="announcements">
      {/* A new element each time, so that the same words are told again. */}
      <span key={count}>{message}</span>
    </div>
  );
}
