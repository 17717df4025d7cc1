import { Button, Link } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { FolderRegular } from '@fluentui/react-icons/svg/folder';
import type { ExportOutput } from '../../../protocol/model/export.ts';
import { useFeature, useServices } from '../../services-context.ts';
import { describeTime } from '../player-bar/format-time.ts';
import { ExportHeading } from './export-heading.tsx';
import type { SavedExport } from './exports.ts';
import { formatBytes } from './format-bytes.ts';

/** What was made, and the way to it. */
export function SavedExportFacts({ result }: { readonly result: SavedExport }) {
  const { outputs, bytes, durationMs } = result;
  const { exports } = useServices();
  const [first] = outputs;
  const isOne = outputs.length === 1;
  const isDownload = outputs.some(({ downloadPath }) => downloadPath !== null);
  const canReveal = useFeature(
    (services) => services.surfaces,
    ({ hasDialogs }) => hasDialogs,
  );
  return (
    <>
      <ExportHeading
        icon={<CheckmarkCircleFilled className="export__good" />}
        title={isOne ? `${first?.name} is ready` : `${outputs.length} files are ready`}
      />
      <p className="export__path" title={first?.path}>
        {isDownload ? (isOne ? 'Your browser saves it with your downloads.' : 'Download each of them:') : first?.path}
      </p>
      {isDownload && !isOne && <Downloads outputs={outputs} />}
      <div className="export__foot">
        <span className="export__facts">
          {formatBytes(bytes)}, {describeTime(durationMs)} of audio
        </span>
        {isDownload && isOne && first && <Download output={first} label="Download again" />}
        {!isDownload && canReveal && (
          <Button size="small" icon={<FolderRegular />} onClick={() => exports.reveal()}>
            Show in folder
          </Button>
        )}
      </div>
    </>
  );
}

function Downloads({ outputs }: { readonly outputs: readonly ExportOutput[] }) {
  return (
    <ul className="export__downloads">
      {outputs.map((output) => (
        <li key={output.path}>
          <Download output={output} label={output.name} />
        </li>
      ))}
    </ul>
  );
}

function Download({ output, label }: { readonly output: ExportOutput; readonly label: string }) {
  return (
    <Link href={output.downloadPath ?? ''} download={output.name} className="export__download">
      <ArrowDownloadRegular /> {label}
    </Link>
  );
}
