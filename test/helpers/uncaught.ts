import process from 'node:process';
import { onTestFinished } from 'vitest';

/** For the rest of the test: what nobody catches comes here, in place of ending the test run. */
export function collectUncaught(): unknown[] {
  const uncaught: unknown[] = [];
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', (error) => uncaught.push(error));
  onTestFinished(() => {
    process.removeAllListeners('uncaughtException');
    for (const listener of others) process.on('uncaughtException', listener);
  });
  return uncaught;
}
