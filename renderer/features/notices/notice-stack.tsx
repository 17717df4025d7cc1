import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useFeature, useServices } from '../../services-context.ts';
import { ConnectionBanner } from '../connection/connection-banner.tsx';
import { HostsBanner } from '../hosts/hosts-banner.tsx';
import type { Notice } from './notices.ts';
import './notice-stack.css';

/** Banners and notices, over the text: nothing moves when they come and go. */
export function NoticeStack() {
  const notices = useFeature(
    (services) => services.notices.store,
    (state) => state,
  );
  return (
    <section className="notices" aria-label="Notices">
      <ConnectionBanner />
      <HostsBanner />
      {notices.map((notice) => (
        <NoticeBar key={notice.key} notice={notice} />
      ))}
    </section>
  );
}

function NoticeBar({ notice }: { readonly notice: Notice }) {
  const { notices } = useServices();
  const { key, intent, title, detail, action } = notice;
  return (
    <MessageBar
      className="notices__bar"
      intent={intent}
      layout="multiline"
      role={intent === 'error' ? 'alert' : 'status'}
      data-notice={key}
    >
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle>
        {detail && <span className="notices__detail">{detail}</span>}
      </MessageBarBody>
      <MessageBarActions
        containerAction={
          <Button
            appearance="transparent"
            aria-label="Dismiss"
            icon={<DismissRegular />}
            onClick={() => notices.dismiss(key)}
          />
        }
      >
        {action && <Button onClick={() => action.run()}>{action.label}</Button>}
      </MessageBarActions>
    </MessageBar>
  );
}
