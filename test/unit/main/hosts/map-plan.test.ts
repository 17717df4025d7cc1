import { describe, expect, it } from 'vitest';
import { planChunks } from '../../../../main/hosts/map-plan.ts';

describe('a plan of chunks', () => {
  it.each([1, 10_000, 10_001, 25_000])(
    'joins what %d of them brought, in their order, whichever was first',
    (count) => {
      const inputs = Array.from({ length: 2 * count }, (_, index) => index);
      const plan = planChunks(inputs, 2, false);
      const chunks = Array.from({ length: count }, (_, index) => [2 * index, 2 * index + 1]);
      const options = chunks.map((chunk) => plan.optionsOf(chunk, {}));
      for (let index = count - 1; index >= 0; index -= 1) {
        options[index]?.onProgress?.({ values: chunks[index] ?? [], errors: [] });
        plan.take({ index, status: 'fulfilled', value: null });
      }
      expect(plan.results()).toEqual(inputs);
    },
  );
});
