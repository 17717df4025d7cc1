import { AsideError } from '../../protocol/errors.ts';

/** The head that is to be filled in is not as long as the one that the file was begun with: its tags are others. */
export function otherHead(path: string): AsideError<'internal'> {
  return new AsideError('internal', `${path} was begun with other tags than it is to be finished with`, {
    details: {},
  });
}
