/** A file that the browser was given, and the folder that it was in, as far as that is known. */
export interface GivenFile {
  readonly file: File;
  /** Of the chosen folder and below; empty for single files. */
  readonly folder: string;
}

/** Whether a file of a folder is a text; one that was chosen by itself is taken at its user's word. */
const IS_TEXT = /^[^.].*\.(?:txt|md|markdown)$/iu;

/** Lets the user choose in the browser's own way; none when they do not. Must be called within a click. */
export function pickFiles(from: 'files' | 'folder'): Promise<GivenFile[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  if (from === 'folder') input.webkitdirectory = true;
  else input.accept = '.txt,.md,.markdown,text/plain,text/markdown';
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(inFolders([...(input.files ?? [])])));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}

function inFolders(files: readonly File[]): GivenFile[] {
  const given = files.map((file) => ({ file, folder: folderOf(file.webkitRelativePath) }));
  return given.filter(({ file, folder }) => folder === '' || (IS_TEXT.test(file.name) && !/(?:^|\/)\./u.test(folder)));
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Whether more is dropped than one file: several, or a folder. To be called while the drop is being handled. */
export function isManyDropped(transfer: DataTransfer): boolean {
  return transfer.files.length > 1 || entriesOf(transfer).some(({ isDirectory }) => isDirectory);
}

/** What was dropped, folders with all that is in them. To be called while the drop is being handled. */
export async function droppedFiles(transfer: DataTransfer): Promise<GivenFile[]> {
  const entries = entriesOf(transfer);
  if (entries.length === 0) return [...transfer.files].map((file) => ({ file, folder: '' }));
  return (await Promise.all(entries.map((entry) => filesOf(entry, '')))).flat();
}

function entriesOf(transfer: DataTransfer): FileSystemEntry[] {
  return [...transfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
}

async function filesOf(entry: FileSystemEntry, folder: string): Promise<GivenFile[]> {
  if (isFileEntry(entry)) {
    if (folder !== '' && !IS_TEXT.test(entry.name)) return [];
    const file = await new Promise<File | null>((resolve) => entry.file(resolve, () => resolve(null)));
    return file ? [{ file, folder }] : []; // gone since it was dropped
  }
  if (!isFolderEntry(entry) || entry.name.startsWith('.')) return [];
  const below = folder === '' ? entry.name : `${folder}/${entry.name}`;
  const entries = await allEntries(entry.createReader());
  entries.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  return (await Promise.all(entries.map((inside) => filesOf(inside, below)))).flat();
}

/** A reader gives some at a time, and none at the end. */
async function allEntries(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolderEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
