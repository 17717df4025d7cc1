import type { Settings } from '../protocol/model/settings.ts';

export interface PageProcess {
  readonly pid: number;
  readonly rssBytes: number;
  readonly cpuMs: number;
}

/** What a shell brings to the core: the ways in which it can ask the user for a place in the file system. */
export interface ShellServices {
  readonly shell: 'electron' | 'web';
  readonly hasDialogs: boolean;
  /** Lets the user choose a file to open: its absolute path, or null when they do not. */
  chooseFileToOpen(): Promise<string | null>;
  /**
   * Where an export goes; null when the user declines. `downloadPath` is set by shells that hand files to a browser.
   * Rejects with `file`.
   */
  chooseExportTarget(suggestedName: string): Promise<{ path: string; downloadPath: string | null } | null>;
  /** Shows a file in the system's file manager. Rejects with `refused` unless it was exported in this run. */
  reveal(path: string): Promise<void>;
  /** What the page's own process is and takes; null where the shell cannot know. */
  pageProcess(): PageProcess | null;
  /** Brings what the system draws of the window in line with the page. */
  showTheme(theme: Settings['theme']): void;
}
