import { useFeature, useServices } from '../../services-context.ts';
import { ProsodyControls } from './prosody-controls.tsx';
import { ReadingStatus } from './reading-status.tsx';
import { Scrubber } from './scrubber.tsx';
import { TransportButtons } from './transport-buttons.tsx';
import { useSoundAttributes } from './use-sound-attributes.ts';
import './player-bar.css';

/**
 * Everything about the sound, always in the same place. Its `data-` attributes say what the player does, for tests and
 * for whoever looks from outside: see use-sound-attributes.ts.
 */
export function PlayerBar() {
  const { playback } = useServices();
  const bar = useSoundAttributes<HTMLElement>(playback.store);
  const phase = useFeature(
    (services) => services.playback.store,
    ({ state }) => state.phase,
  );
  return (
    <section ref={bar} className="player" aria-label="Player" data-playback={phase}>
      <Scrubber />
      <div className="player__row">
        <ReadingStatus />
        <TransportButtons />
        <ProsodyControls />
      </div>
    </section>
  );
}
