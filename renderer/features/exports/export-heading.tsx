import { Button } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import type { ReactNode } from 'react';
import { useServices } from '../../services-context.ts';

interface ExportHeadingProps {
  readonly icon?: ReactNode;
  readonly title: string;
}

/** What the card is about, and how to put it away. */
export function ExportHeading({ icon, title }: ExportHeadingProps) {
  const { exports } = useServices();
  return (
    <div className="export__heading">
      {icon}
      <h2 className="export__title" title={title}>
        {title}
      </h2>
      <Button
        appearance="transparent"
        size="small"
        aria-label="Dismiss"
        icon={<DismissRegular />}
        onClick={() => exports.close()}
      />
    </div>
  );
}
