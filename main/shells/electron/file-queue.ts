/** Files that the system asks to open, which it does long before there is a page to show them, and between two pages. */
export interface FileQueue {
  /** Opens the file now, or when there is a page. Of several that wait, the last one counts: a page shows one text. */
  add(path: string): void;
  /** From now on files are opened by `openFile`. */
  pageCame(openFile: (path: string) => void): void;
  pageWent(): void;
}

export function createFileQueue(): FileQueue {
  let waiting: string | null = null;
  let open: ((path: string) => void) | null = null;
  return {
    add: (path) => {
      if (open) open(path);
      else waiting = path;
    },
    pageCame: (openFile) => {
      open = openFile;
      if (waiting !== null) openFile(waiting);
      waiting = null;
    },
    pageWent: () => {
      open = null;
    },
  };
}
