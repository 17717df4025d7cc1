import { Field, Select } from '@fluentui/react-components';
import { useFeature, useServices } from '../../services-context.ts';
import {
  FORMATS,
  formatWord,
  type Option,
  PARTS,
  parseFormat,
  parseParts,
  parseTimedText,
  partsWord,
  qualitiesOf,
  qualityWord,
  TIMED_TEXTS,
  withQuality,
} from './choice-words.ts';

/** What is made of a text: the same is chosen for the one in the window and for those of the queue. */
export function FormatChoices() {
  const { queue } = useServices();
  const choices = useFeature(
    (services) => services.queue.store,
    (state) => state.queue.choices,
  );
  const qualities = qualitiesOf(choices.format);
  return (
    <>
      <Choice
        label="Format"
        value={formatWord(choices.format)}
        options={FORMATS}
        onChange={(word) => queue.setChoices({ format: parseFormat(word) })}
      />
      {qualities.length > 0 && (
        <Choice
          label="Quality"
          value={qualityWord(choices.format)}
          options={qualities}
          onChange={(word) => queue.setChoices({ format: withQuality(choices.format, word) })}
        />
      )}
      <Choice
        label="Parts"
        value={partsWord(choices.split)}
        options={PARTS}
        onChange={(word) => queue.setChoices({ split: parseParts(word) })}
      />
      <Choice
        label="Subtitles"
        value={choices.timedText ?? 'none'}
        options={TIMED_TEXTS}
        onChange={(word) => queue.setChoices({ timedText: parseTimedText(word) })}
      />
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  onChange(value: string): void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <Field label={label} size="small" className="format-choice">
      <Select size="small" value={value} onChange={(_, data) => onChange(data.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    </Field>
  );
}
