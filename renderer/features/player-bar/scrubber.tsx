import { Slider } from '@fluentui/react-components';
import { type KeyboardEvent, useState } from 'react';
import { useFeature, useServices } from '../../services-context.ts';
import { describeTime, formatTime } from './format-time.ts';
import { useReadingTimes } from './use-reading-times.ts';

/** Thousandths of the text. */
const STEPS = 1000;
const PAGE_STEP = 50;

/** Where the reading is in the text. Moved by mouse, touch and keyboard; the arrows go by sentences. */
export function Scrubber() {
  const { reader } = useServices();
  const { share, elapsedMs, remainingMs, isReading } = useReadingTimes();
  /** Where the user holds the handle; nothing is steered before they let go. */
  const [held, setHeld] = useState<number | null>(null);
  const isEmpty = useFeature(
    (services) => services.editor.store,
    ({ length }) => length === 0,
  );
  const value = held ?? Math.round(share * STEPS);
  const percent = Math.round((value / STEPS) * 100);
  const release = (): void => {
    if (held !== null) reader.goTo(held / STEPS);
    setHeld(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = keyTarget(event.key, value);
    if (isReading && (event.key === 'ArrowLeft' || event.key === 'ArrowDown')) reader.skip('previous');
    else if (isReading && (event.key === 'ArrowRight' || event.key === 'ArrowUp')) reader.skip('next');
    else if (target !== null) reader.goTo(Math.min(STEPS - 1, Math.max(0, target)) / STEPS);
    else return;
    event.preventDefault();
  };
  const heard = `${percent} percent, ${describeTime(elapsedMs)} heard, about ${describeTime(remainingMs)} left`;
  return (
    <div className="scrubber">
      <span className="scrubber__time tabular" data-testid="elapsed">
        {formatTime(elapsedMs)}
      </span>
      <Slider
        className="scrubber__slider"
        min={0}
        max={STEPS}
        value={value}
        disabled={isEmpty}
        aria-label="Position in the text"
        aria-valuetext={isReading ? heard : `${percent} percent, about ${describeTime(remainingMs)} to listen`}
        onChange={(_, data) => setHeld(data.value)}
        onPointerUp={release}
        onPointerCancel={() => setHeld(null)}
        onKeyDown={onKeyDown}
      />
      <span className="scrubber__time scrubber__time--left tabular" data-testid="remaining" title="Left, estimated">
        {isEmpty ? '' : `−${formatTime(remainingMs)}`}
      </span>
    </div>
  );
}

function keyTarget(key: string, value: number): number | null {
  if (key === 'PageUp') return value + PAGE_STEP;
  if (key === 'PageDown') return value - PAGE_STEP;
  if (key === 'Home') return 0;
  if (key === 'End') return STEPS;
  if (key === 'ArrowLeft' || key === 'ArrowDown') return value - STEPS / 100;
  if (key === 'ArrowRight' || key === 'ArrowUp') return value + STEPS / 100;
  return null;
}
