import { Button } from '@fluentui/react-components';
import { FolderRegular } from '@fluentui/react-icons/svg/folder';
import { useFeature, useServices } from '../../services-context.ts';
import { FormatChoices } from './format-choices.tsx';

/** What is made of each text, and where it goes. */
export function QueueChoices() {
  return (
    <div className="queue__choices">
      <FormatChoices />
      <OutFolder />
    </div>
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
