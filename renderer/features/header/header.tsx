import { ArrowExportLtrRegular } from '@fluentui/react-icons/svg/arrow-export-ltr';
import { FolderOpenRegular } from '@fluentui/react-icons/svg/folder-open';
import { KeyboardRegular } from '@fluentui/react-icons/svg/keyboard';
import { PulseRegular } from '@fluentui/react-icons/svg/pulse';
import { TaskListLtrRegular } from '@fluentui/react-icons/svg/task-list-ltr';
import { useEffect } from 'react';
import { CommandButton } from '../../components/command-button.tsx';
import { useFeature } from '../../services-context.ts';
import { SettingsMenu } from '../settings/settings-menu.tsx';
import { VoicePicker } from '../voices/voice-picker.tsx';
import { Logo } from './logo.tsx';
import './header.css';

export function Header() {
  const name = useFeature(
    ({ editor }) => editor.store,
    (info) => info.name,
  );
  const hasSelection = useFeature(
    ({ editor }) => editor.store,
    (info) => info.selection !== null,
  );
  const isExporting = useFeature(
    ({ exports }) => exports.store,
    ({ kind }) => kind === 'running',
  );
  const isShowingProcesses = useFeature(
    ({ processes }) => processes.store,
    ({ isOpen }) => isOpen,
  );
  const isShowingQueue = useFeature(
    ({ queue }) => queue.store,
    ({ isOpen }) => isOpen,
  );
  useEffect(() => {
    document.title = name === '' ? 'Aside' : `${name} – Aside`;
  }, [name]);
  return (
    <header className="header">
      <div className="header__title">
        <Logo />
        <h1 className="header__app">Aside</h1>
        {name !== '' && (
          <span className="header__document" title={name}>
            {name}
          </span>
        )}
      </div>
      <div className="header__tools">
        <CommandButton command="open" label="Open a file" appearance="subtle" icon={<FolderOpenRegular />}>
          <span className="header__label">Open</span>
        </CommandButton>
        <CommandButton
          command="export"
          label={hasSelection ? 'Export the selection as an audio file' : 'Export as an audio file'}
          appearance="subtle"
          icon={<ArrowExportLtrRegular />}
          disabledFocusable={isExporting}
        >
          <span className="header__label">Export</span>
        </CommandButton>
        <CommandButton
          command="queue"
          label="Export queue"
          appearance="subtle"
          icon={<TaskListLtrRegular />}
          aria-expanded={isShowingQueue}
        />
        <VoicePicker />
        <SettingsMenu />
        <CommandButton
          command="processes"
          label="Processes"
          appearance="subtle"
          icon={<PulseRegular />}
          aria-expanded={isShowingProcesses}
          className="header__processes"
        />
        <CommandButton
          command="shortcuts"
          label="Keyboard shortcuts"
          appearance="subtle"
          icon={<KeyboardRegular />}
          className="header__shortcuts"
        />
      </div>
    </header>
  );
}
