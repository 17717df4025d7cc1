import { z } from 'zod';

/**
 * One number that a bench has found. `bar` is the largest `value` that passes, in the same unit, or of a rate (`…/s`) the
 * smallest; `ratio` is `value / baseline`. null where a field has no meaning: no baseline to compare with, no bar to pass.
 */
export const Measure = z.strictObject({
  name: z.string().min(1),
  value: z.number(),
  /** `ms`, `s`, `x` (times), `MB` (2^20 bytes), or what is counted; a rate ends in `/s`. */
  unit: z.string().min(1),
  baseline: z.number().nullable(),
  ratio: z.number().nullable(),
  bar: z.number().nullable(),
  ok: z.boolean().nullable(),
});
export type Measure = z.infer<typeof Measure>;

export interface Finding {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline?: number;
  readonly bar?: number;
}

/** Compares the exact value with the bar. Throws when the value is not finite: then nothing was measured. */
export function measure({ name, value, unit, baseline, bar }: Finding): Measure {
  if (!Number.isFinite(value)) throw new Error(`${name} was not measured: ${value} ${unit}`);
  return {
    name,
    value,
    unit,
    baseline: baseline ?? null,
    ratio: baseline === undefined || baseline === 0 ? null : value / baseline,
    bar: bar ?? null,
    ok: bar === undefined ? null : isRate(unit) ? value >= bar : value <= bar,
  };
}

/** Of a rate more is better; of everything else less is. */
export function isRate(unit: string): boolean {
  return unit.endsWith('/s');
}

/** Whether no bar was missed. */
export function passes(measures: readonly Measure[]): boolean {
  return measures.every(({ ok }) => ok !== false);
}
