import { Button, Field, Select } from '@fluentui/react-components';
import { FolderRegular } from '@fluentui/react-icons/svg/folder';
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

/** What is made of each text, and where it goes. */
export function QueueChoices() {
  const { queue } = useServices();
  const choices = useFeature(
    (services) => services.queue.store,
    (state) => state.queue.choices,
  );
  const qualities = qualitiesOf(choices.format);
  return (
    <div className="queue__choices">
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
      <OutFolder />
    </div>
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
    <Field label={label} size="small" className="queue__choice">
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

/** A browser has its own folder for downloads. */
function OutFolder() {
  const { queue } = useServices();
  const outDir = useFeature(
    (services) => services.queue.store,
    (state) => state.queue.outDir,
  );
  const hasDialogs = useFeature(
    (services) => services.surfaces,
    (state) => state.hasDialogs,
  );
  if (!hasDialogs) return null;
  return (
    <div className="queue__folder">
      <Button size="small" icon={<FolderRegular />} onClick={() => queue.chooseFolder()}>
        {outDir === null ? 'Choose a folder' : 'Change the folder'}
      </Button>
      {outDir !== null && (
        <span className="queue__facts" title={outDir}>
          {outDir}
        </span>
      )}
    </div>
  );
}
