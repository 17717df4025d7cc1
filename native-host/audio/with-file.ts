import { DiskFile } from '../files/disk-file.ts';

/** Opens a file for as long as it is used. Throws `file`, also when it cannot be closed. */
export async function withFile<T>(
  path: string,
  how: 'read' | 'change' | 'make',
  use: (file: DiskFile) => T | Promise<T>,
): Promise<T> {
  const file = DiskFile.open(path, how);
  let result: T;
  try {
    result = await use(file);
  } catch (error) {
    closeQuietly(file);
    throw error;
  }
  file.close();
  return result;
}

function closeQuietly(file: DiskFile): void {
  try {
    file.close();
  } catch {
    // What went wrong before says more.
  }
}
