import {
  Button,
  Field,
  Label,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Radio,
  RadioGroup,
  Slider,
  Tooltip,
} from '@fluentui/react-components';
import { SettingsRegular } from '@fluentui/react-icons/svg/settings';
import { useEffect, useId, useRef, useState } from 'react';
import type { Settings } from '../../../protocol/model/settings.ts';
import { useFeature, useServices } from '../../services-context.ts';
import './settings-menu.css';

const THEMES: readonly { value: Settings['theme']; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];
/** What the slider offers; the settings file may say more. */
const FONT_SIZES = { min: 12, max: 36 };

/**
 * Fluent's popups fade out first, and keep the focus to themselves until they are gone: a dialog that opens meanwhile
 * would be hidden from screen readers.
 */
const FADED_AFTER_MS = 300;

export function SettingsMenu() {
  const { settings, surfaces } = useServices();
  const [isOpen, setOpen] = useState(false);
  const sizeId = useId();
  const asksForAbout = useRef(false);
  const { theme, fontSizePx } = useFeature(
    (services) => services.settings.store,
    (state) => state,
  );
  useEffect(() => {
    if (isOpen || !asksForAbout.current) return;
    asksForAbout.current = false;
    document.querySelector<HTMLElement>('[data-opens-settings]')?.focus();
    const timer = setTimeout(() => surfaces.setState({ isAboutOpen: true }), FADED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isOpen, surfaces]);
  return (
    <Popover withArrow trapFocus positioning="below-end" open={isOpen} onOpenChange={(_, { open }) => setOpen(open)}>
      <PopoverTrigger disableButtonEnhancement>
        <Tooltip content="Settings" relationship="label" withArrow>
          <Button appearance="subtle" icon={<SettingsRegular />} data-opens-settings />
        </Tooltip>
      </PopoverTrigger>
      <PopoverSurface className="settings-menu" aria-label="Settings">
        <Field label="Theme">
          <RadioGroup
            value={theme}
            onChange={(_, { value }) => settings.change({ theme: value as Settings['theme'] })} // one of THEMES
          >
            {THEMES.map(({ value, label }) => (
              <Radio key={value} value={value} label={label} />
            ))}
          </RadioGroup>
        </Field>
        <div>
          <div className="settings-menu__size">
            <Label htmlFor={sizeId}>Text size</Label>
            <span className="tabular">{fontSizePx} px</span>
          </div>
          <Slider
            id={sizeId}
            className="settings-menu__slider"
            {...FONT_SIZES}
            value={fontSizePx}
            aria-valuetext={`${fontSizePx} pixels`}
            onChange={(_, { value }) => settings.change({ fontSizePx: value })}
          />
        </div>
        <Button
          size="small"
          onClick={() => {
            setOpen(false);
            asksForAbout.current = true;
          }}
        >
          About Aside
        </Button>
      </PopoverSurface>
    </Popover>
  );
}
