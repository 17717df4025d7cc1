import { Button } from '@fluentui/react-components';
import { DocumentTextRegular } from '@fluentui/react-icons/svg/document-text';
import { FolderOpenRegular } from '@fluentui/react-icons/svg/folder-open';
import { useServices } from '../../services-context.ts';
import { SAMPLE_TEXT } from './sample-text.ts';

/** What one sees before there is a text. A click beside the buttons goes to the editor below. */
export function EmptyState() {
  const { commands, editor } = useServices();
  const useSample = (): void => {
    editor.replace(SAMPLE_TEXT, '');
    editor.focus();
  };
  return (
    <div className="empty">
      <h2 className="empty__title">Paste a text, or open one</h2>
      <p className="empty__detail">
        Aside reads it aloud and lights up each word as it is spoken. You can drop a text file here, or just start
        typing.
      </p>
      <div className="empty__actions">
        <Button appearance="primary" size="large" icon={<FolderOpenRegular />} onClick={() => commands.open()}>
          Open a file
        </Button>
        <Button size="large" icon={<DocumentTextRegular />} onClick={useSample}>
          Use a sample text
        </Button>
      </div>
    </div>
  );
}
