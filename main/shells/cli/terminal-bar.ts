import cliProgress from 'cli-progress';
import type { Console } from './console.ts';

export interface TerminalBar {
  /** False: it will never be drawn, and need not be worked out. */
  readonly isWanted: boolean;
  /** `share` is from 0 to 1; `words` stand where the format has their names in braces. */
  draw(share: number, words: Readonly<Record<string, string>>): void;
  /** Removes it, so that it is not drawn over what is written next. It comes back when it is drawn again. */
  clear(): void;
}

/**
 * A line with a bar on stderr when that is a terminal and somebody wants it; otherwise nothing. The format has `{bar}`
 * and `{percentage}` and the names of words.
 */
export function createTerminalBar(
  stderr: Console['stderr'],
  { format, barChars, isWanted }: { readonly format: string; readonly barChars: number; readonly isWanted: boolean },
): TerminalBar {
  if (!stderr.isTTY || !isWanted) return { isWanted: false, draw: () => {}, clear: () => {} };
  const bar = new cliProgress.SingleBar(
    { stream: stderr as NodeJS.WriteStream, format, hideCursor: true, clearOnComplete: true, barsize: barChars },
    cliProgress.Presets.shades_classic,
  );
  let isShown = false;
  return {
    isWanted,
    draw: (share, words) => {
      if (isShown) bar.update(share, { ...words });
      else bar.start(1, share, { ...words });
      isShown = true;
    },
    clear: () => {
      if (isShown) bar.stop();
      isShown = false;
    },
  };
}

/** `0:07`, `12:34`, `1:02:03` */
export function clock(ms: number): string {
  const total = Math.ceil(ms / 1000);
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60) % 60;
  const seconds = String(total % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}
