import { AsideError } from '../../../protocol/errors.ts';
import { MAX_DOCUMENT_BYTES } from '../../../protocol/model/document.ts';

/** What is in a file that the user chose or dropped. Rejects with `file`: too large, gone, or a folder. */
export async function fileBytes(file: File): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size > MAX_DOCUMENT_BYTES) throw tooLarge(file);
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new AsideError('file', `“${file.name}” cannot be read.`, {
      details: { path: file.name, reason: 'unreadable' },
      remedy: 'Check that it is a file, still there and not in use, then open it again.',
      cause,
    });
  }
}

function tooLarge(file: File): AsideError {
  const mb = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;
  return new AsideError(
    'file',
    `“${file.name}” is ${mb(file.size)}; Aside opens files up to ${mb(MAX_DOCUMENT_BYTES)}.`,
    {
      details: { path: file.name, reason: 'too-large' },
      remedy: 'Split it, and open the parts one after the other.',
    },
  );
}
