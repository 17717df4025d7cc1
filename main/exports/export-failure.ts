import { cancelled } from '../../protocol/contract/call.ts';
import { isAsideError } from '../../protocol/errors.ts';
import type { ExportJob } from './export-job.ts';
import { fileError } from './file-error.ts';

/** What an export rejects with. The user knows the target; that a host failed on a piece of it is our affair. */
export function exportFailure(error: unknown, { path, signal }: ExportJob, folder: { readonly path: string }): unknown {
  if (signal?.aborted) return cancelled('the export');
  if (
    isAsideError(error, 'file') &&
    error.details.path.startsWith(folder.path) &&
    error.details.reason !== 'not-ours'
  ) {
    return fileError(path, Object.assign(new Error(error.message), { code: error.details.reason }));
  }
  if (error instanceof Error && 'code' in error && 'syscall' in error) return fileError(path, error);
  return error;
}
