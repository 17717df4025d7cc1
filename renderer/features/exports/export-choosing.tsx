import { Button } from '@fluentui/react-components';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useServices } from '../../services-context.ts';
import { ExportHeading } from './export-heading.tsx';
import type { ExportState } from './exports.ts';
import { FormatChoices } from './format-choices.tsx';

/** What becomes of the text. Whoever is content with what was chosen before presses Enter. */
export function ExportChoosing({ asked }: { readonly asked: Extract<ExportState, { kind: 'choosing' }> }) {
  const { exports } = useServices();
  const actions = useRef<HTMLDivElement>(null);
  // Also when it is asked for again from elsewhere in the page.
  useEffect(() => {
    if (asked) actions.current?.querySelector<HTMLElement>('[data-default]')?.focus();
  }, [asked]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    exports.close();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard from the controls in it
    <div className="export__choosing" data-own-escape onKeyDown={onKeyDown}>
      <ExportHeading title={`Export “${asked.name}”`} />
      <div className="export__choices">
        <FormatChoices />
      </div>
      <div ref={actions} className="export__foot export__foot--actions">
        <Button size="small" onClick={() => exports.close()}>
          Cancel
        </Button>
        <Button data-default size="small" appearance="primary" onClick={() => exports.start()}>
          Export
        </Button>
      </div>
    </div>
  );
}
