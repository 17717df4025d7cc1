import { constants, setPriority } from 'node:os';

/**
 * Puts this process behind those that draw and play: an export takes what they leave. To be called before a thread is
 * started, since on Linux a priority is a thread's, and threads inherit it (setpriority(2), "C library/kernel differences").
 */
export function lowerPriority(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A system that does not allow it: everything works, only less politely.
  }
}
