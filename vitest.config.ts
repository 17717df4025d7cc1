import { defineConfig } from 'vitest/config';
import { VitestOutcome } from './test/reporters/vitest-outcome.ts';

/** For what hangs. How long a test takes is the machine's affair, and a busy one may need ten times what an idle one does. */
const limits = (ms: number) => ({ testTimeout: ms, hookTimeout: ms });

export default defineConfig({
  test: {
    reporters: ['default', new VitestOutcome()],
    projects: [
      {
        test: {
          ...limits(60_000),
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
        },
      },
      {
        test: {
          ...limits(180_000),
          name: 'processes',
          include: ['test/conformance/**/*.test.ts', 'test/integration/**/*.test.ts'],
          globalSetup: ['test/global-setup.ts'],
          // Each of these files starts processes of its own; more at once would only measure the machine.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
