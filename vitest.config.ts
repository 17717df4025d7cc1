import { defineConfig } from 'vitest/config';
import { VitestOutcome } from './test/reporters/vitest-outcome.ts';

/** Bounds for what never comes, not for how fast it comes: a busy machine takes several times as long as a free one. */
const common = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    reporters: ['default', new VitestOutcome()],
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
        },
      },
      {
        test: {
          ...common,
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
