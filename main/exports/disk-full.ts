import { basename } from 'node:path';
import { AsideError } from '../../protocol/errors.ts';
import type { ExportNotice } from './export-job.ts';

/** What a person is told when an export finds its disk full; null for other notices. It goes on by itself. */
export function diskFullOf(notice: ExportNotice): AsideError<'file'> | null {
  if (notice.kind !== 'disk-full') return null;
  const { path } = notice;
  return new AsideError('file', `${basename(path)} waits: the disk is full`, {
    details: { path, reason: 'ENOSPC' },
    remedy: 'Free some space, and the export goes on by itself.',
  });
}
