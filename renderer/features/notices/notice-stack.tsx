import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useFeature, useServices } from '../../services-context.ts';
import type { Notice } from './notices.ts';
import './notice-stack.css';

/** What happened, in a corner over the text: nothing moves when it comes and goes. */
export function NoticeStack() {
  const notices = useFeature(
    (services) => services.notices.store,
    (state) => state,
  );
  return notices.map((notice) => <NoticeBar key={notice.key} notice={notice} />);
}

function NoticeBar({ notice }: { readonly notice: Notice }) {
  const { notices } = useServices();
  const { key, intent, title, detail, action } = notice;
  return (
    <MessageBar
      className="notice"
      intent={intent}
      layout="multiline"
      role={intent === 'error' ? 'alert' : 'status'}
      data-notice={key}
    >
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle>
        {detail && <span className="notice__detail">{detail}</span>}
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
