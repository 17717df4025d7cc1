import process from 'node:process';

const isMac = process.platform === 'darwin';

/** Keys that are others on a Mac, in Playwright's spelling. */
export const KEYS = {
  nextSentence: isMac ? 'Control+Meta+ArrowRight' : 'F9',
  previousSentence: isMac ? 'Control+Meta+ArrowLeft' : 'F8',
  processes: isMac ? 'Control+Meta+p' : 'F2',
  shortcuts: isMac ? 'Meta+Slash' : 'F1',
  redo: isMac ? 'Meta+Shift+z' : 'Control+y',
  selectNextWord: isMac ? 'Alt+Shift+ArrowRight' : 'Control+Shift+ArrowRight',
} as const;
