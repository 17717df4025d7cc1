import { Slider } from '@fluentui/react-components';
import { ArrowResetRegular } from '@fluentui/react-icons/svg/arrow-reset';
import { useId } from 'react';

export interface ProsodySliderProps {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly value: number;
  /** The value as people say it. */
  readonly shown: string;
  readonly isDefault: boolean;
  onChange(value: number): void;
  onReset(): void;
}

/** A slider with its name, its value and the way back to normal (also by double click). */
export function ProsodySlider(props: ProsodySliderProps) {
  const { label, min, max, value, shown, isDefault, onChange, onReset } = props;
  const id = useId();
  return (
    <div className="prosody__item">
      <div className="prosody__head">
        <label htmlFor={id}>{label}</label>
        <button
          type="button"
          className="prosody__reset"
          aria-label={`Reset ${label.toLowerCase()}`}
          title={`Reset ${label.toLowerCase()}`}
          disabled={isDefault}
          onClick={onReset}
        >
          <ArrowResetRegular />
        </button>
        <span className="prosody__value tabular">{shown}</span>
      </div>
      <Slider
        id={id}
        className="prosody__slider"
        size="small"
        min={min}
        max={max}
        value={value}
        aria-valuetext={shown}
        onChange={(_, data) => onChange(data.value)}
        onDoubleClick={onReset}
      />
    </div>
  );
}
