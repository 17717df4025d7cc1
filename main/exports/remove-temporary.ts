import { removeFile } from '../files/remove-file.ts';

/** Never rejects: one that stays goes with its folder. */
export async function removeTemporary(path: string): Promise<void> {
  await removeFile(path).catch(() => {});
}
