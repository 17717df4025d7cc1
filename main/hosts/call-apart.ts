/**
 * Calls a listener whose errors are nobody's here. They go the way of every defect (`uncaughtException`), but not before
 * what called it has done all that it has to do, and the others have heard.
 */
export function callApart(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
