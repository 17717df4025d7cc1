/** Collects what hosts print, and lets a test wait for a line instead of for a time. */
export interface LineLog {
  readonly lines: readonly { line: string; pid: number | undefined }[];
  /** A `HostLog`. */
  readonly log: (line: string, pid: number | undefined) => void;
  /** Resolves once a line that contains `text` has been printed. */
  until(text: string): Promise<void>;
}

export function createLineLog(): LineLog {
  const lines: { line: string; pid: number | undefined }[] = [];
  const waiting = new Set<() => void>();
  return {
    lines,
    log: (line, pid) => {
      lines.push({ line, pid });
      for (const check of [...waiting]) check();
    },
    until: (text) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (!lines.some(({ line }) => line.includes(text))) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
  };
}
