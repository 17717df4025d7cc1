const CHECK_EVERY_MS = 1_000;
/** Two in a row: after the computer slept, the first check comes before the first report. */
const SILENT_CHECKS = 2;

export interface StallWatch {
  alive(): void;
  stop(): void;
}

/** Calls back when `alive` was not called for about three seconds although `isRunning`. */
export function watchForStall(isRunning: () => boolean, onStall: () => void): StallWatch {
  let silentChecks = 0;
  const timer = setInterval(() => {
    silentChecks = isRunning() ? silentChecks + 1 : 0;
    if (silentChecks <= SILENT_CHECKS) return;
    silentChecks = 0;
    onStall();
  }, CHECK_EVERY_MS);
  return {
    alive: () => {
      silentChecks = 0;
    },
    stop: () => clearInterval(timer),
  };
}
