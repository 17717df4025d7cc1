import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useFeature, useServices } from '../../services-context.ts';
import '../../components/banner.css';

/** The other side is gone: nothing can be read or saved until it is back. */
export function ConnectionBanner() {
  const { link } = useServices();
  const state = useFeature(
    (services) => services.link.state,
    (current) => current,
  );
  if (state.kind === 'connected') return null;
  const isTrying = state.kind === 'reconnecting';
  return (
    <MessageBar className="banner" intent="error" role="alert" data-notice="disconnected">
      <MessageBarBody>
        <MessageBarTitle>{state.why.message}</MessageBarTitle>
        <span className="banner__detail">
          Nothing you typed is lost: it stays on this page and is saved when you reconnect. If that does not work, start
          Aside again: it opens in a new tab with the text as it was saved last; copy over what you typed here since.
        </span>
      </MessageBarBody>
      <MessageBarActions>
        <Button appearance="primary" disabledFocusable={isTrying} onClick={() => void link.reconnect()}>
          {isTrying ? 'Connecting…' : 'Reconnect'}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
