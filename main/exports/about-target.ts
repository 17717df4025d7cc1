import { isAsideError } from '../../protocol/errors.ts';
import { fileError } from './file-error.ts';

/** The user knows the target; that a host failed on a piece of it is our affair. */
export function aboutTarget(error: unknown, path: string, workPath: string): unknown {
  if (isAsideError(error, 'file') && error.details.path.startsWith(workPath) && error.details.reason !== 'not-ours') {
    return fileError(path, Object.assign(new Error(error.message), { code: error.details.reason }));
  }
  if (error instanceof Error && 'code' in error && 'syscall' in error) return fileError(path, error);
  return error;
}
