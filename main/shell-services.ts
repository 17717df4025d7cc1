import type { Settings } from '../protocol/model/settings.ts';

export interface PageProcess {
  readonly pid: number;
  readonly rssBytes: number;
  readonly cpuMs: number;
}

/** Where the files of one text go. */
export interface ExportPlace {
  /** Of the audio; other files of the text go into the same folder. */
  readonly path: string;
  /** Where a browser can fetch a file of that folder; null in shells that hand over no files. */
  downloadPathOf(path: string): string | null;
  /** Nobody needs what is there any more, as far as Aside knows; what is the user's own stays. */
  release(): void;
}

/** What a shell brings to the core: the ways in which it can ask the user for a place in the file system. */
export interface ShellServices {
  readonly shell: 'electron' | 'web';
  readonly hasDialogs: boolean;
  /** Lets the user choose a file to open: its absolute path, or null when they do not. */
  chooseFileToOpen(): Promise<string | null>;
  /**
   * Where an export goes, which is offered as `fileName`; null when the user declines. The name that comes back may be of
   * another format. Rejects with `file`.
   */
  chooseExportTarget(fileName: string): Promise<ExportPlace | null>;
  /** Lets the user choose texts to export, or a folder that has some: absolute paths, none when they do not. */
  chooseTexts(from: 'files' | 'folder'): Promise<string[]>;
  /** Lets the user choose where the audio of many texts goes; null when they do not. */
  chooseExportFolder(): Promise<string | null>;
  /**
   * A place in `folder` for a text of a queue, or among the downloads of a shell that has no folders. Rejects with
   * `refused`, reason `target-exists`, rather than give one that is taken: nobody is asked about each of a hundred files.
   */
  reserveExportPlace(fileName: string, folder: string | null): Promise<ExportPlace>;
  /** The place of an export that an earlier run of Aside has begun; `path` was its target. */
  adoptExportPlace(path: string): ExportPlace;
  /** Shows a file in the system's file manager. Rejects with `refused` unless it was exported in this run. */
  reveal(path: string): Promise<void>;
  /** What the page's own process is and takes; null where the shell cannot know. */
  pageProcess(): PageProcess | null;
  /** Brings what the system draws of the window in line with the page. */
  showTheme(theme: Settings['theme']): void;
}
