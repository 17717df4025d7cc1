import type { Page } from '@playwright/test';

/** Aside as a user has it before them, in whichever shell. */
export interface RunningAside {
  readonly page: Page;
  /** The main process: below it are the hosts. */
  readonly pid: number;
  /** The address that opened the page in a browser, with its token; null in Electron. */
  readonly entryUrl: string | null;
  /** Answers the next file chooser with the file at `path`; `open` is the click that brings it up. */
  chooseFile(path: string, open: () => Promise<void>): Promise<void>;
  /** Ids of the processes that speak with `engine` for it, the oldest first, however they were launched. */
  hostPids(engine: string): Promise<number[]>;
  /** Has the next export saved as `path`, where the shell asks the user; a browser asks nobody. */
  chooseExportTarget(path: string): Promise<void>;
  /** Brings what has been exported to that same `path`: a browser has it among its downloads. */
  fetchExport(path: string): Promise<void>;
  /** SIGKILL to the main process; resolves when it is gone. The page stays open where it can. */
  kill(): Promise<void>;
  /** As a user ends it. Resolves when the main process is gone, rejects when it does not go. */
  close(): Promise<void>;
}

export interface StartOptions {
  /** Settings, draft and log live there. */
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
}

export const END_LIMIT_MS = 60_000;
