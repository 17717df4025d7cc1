import type { MessageBoxOptions, RenderProcessGoneDetails } from 'electron';

/** The index of the button that is the answer. */
export const RELOAD_BUTTON = 0;

/** What to ask when the page's process is gone; null when it went as it should. The text is safe: main keeps it. */
export function crashedPageQuestion({ reason, exitCode }: RenderProcessGoneDetails): MessageBoxOptions | null {
  if (reason === 'clean-exit') return null;
  const why = reason === 'oom' ? 'It ran out of memory.' : `Reason: ${reason}, exit code ${exitCode}.`;
  return {
    type: 'error',
    title: 'Aside',
    message: 'The window has stopped working',
    detail: `${why} Your text is kept. Reload the window to go on.`,
    buttons: ['Reload', 'Quit'],
    defaultId: RELOAD_BUTTON,
    cancelId: 1,
    noLink: true,
  };
}
