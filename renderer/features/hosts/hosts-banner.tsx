import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useFeature, useServices } from '../../services-context.ts';
import '../../components/banner.css';
import { gaveUp } from './hosts.ts';

/** A process died so often that main no longer starts it by itself. */
export function HostsBanner() {
  const { hosts } = useServices();
  const host = useFeature((services) => services.hosts.store, gaveUp);
  if (!host) return null;
  return (
    <MessageBar className="banner" intent="error" role="alert" data-notice="hosts">
      <MessageBarBody>
        <MessageBarTitle>
          {host.engine === 'audio'
            ? 'Audio files cannot be made: what makes them does not start again'
            : 'The voice stopped working and does not start again'}
        </MessageBarTitle>
        <span className="banner__detail">{host.lastError?.message ?? 'It ended several times in a row.'}</span>
        {host.lastError?.remedy && <span className="banner__detail">{host.lastError.remedy}</span>}
      </MessageBarBody>
      <MessageBarActions>
        <Button appearance="primary" onClick={() => hosts.retry()}>
          Retry
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
