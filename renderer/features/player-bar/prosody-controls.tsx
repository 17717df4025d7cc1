import { DEFAULT_PROSODY, PROSODY_LIMITS, type Prosody } from '../../../protocol/model/prosody.ts';
import { useFeature, useServices } from '../../services-context.ts';
import { ProsodySlider } from './prosody-slider.tsx';
import { formatRate, nearestRateIndex, RATES } from './rate-steps.ts';

/** Speed and pitch are heard from the next sentence on, volume at once. */
export function ProsodyControls() {
  const { settings } = useServices();
  const prosody = useFeature(
    (services) => services.settings.store,
    (state) => state.prosody,
  );
  const change = (patch: Partial<Prosody>): void => settings.change({ prosody: { ...prosody, ...patch } });
  return (
    <fieldset className="prosody" aria-label="How it is spoken">
      <ProsodySlider
        label="Speed"
        min={0}
        max={RATES.length - 1}
        value={nearestRateIndex(prosody.rate)}
        shown={formatRate(prosody.rate)}
        isDefault={prosody.rate === DEFAULT_PROSODY.rate}
        onChange={(index) => change({ rate: RATES[index] ?? DEFAULT_PROSODY.rate })}
        onReset={() => change({ rate: DEFAULT_PROSODY.rate })}
      />
      <ProsodySlider
        label="Pitch"
        {...PROSODY_LIMITS.pitch}
        value={prosody.pitch}
        shown={formatPitch(prosody.pitch)}
        isDefault={prosody.pitch === DEFAULT_PROSODY.pitch}
        onChange={(pitch) => change({ pitch })}
        onReset={() => change({ pitch: DEFAULT_PROSODY.pitch })}
      />
      <ProsodySlider
        label="Volume"
        {...PROSODY_LIMITS.volume}
        value={prosody.volume}
        shown={`${Math.round(prosody.volume)} %`}
        isDefault={prosody.volume === DEFAULT_PROSODY.volume}
        onChange={(volume) => change({ volume })}
        onReset={() => change({ volume: DEFAULT_PROSODY.volume })}
      />
    </fieldset>
  );
}

function formatPitch(pitch: number): string {
  if (pitch === 0) return '0';
  return pitch > 0 ? `+${pitch}` : `−${-pitch}`;
}
