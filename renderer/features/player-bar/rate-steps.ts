/** Speeds to choose from. As many below 1 as above, so that the voice's own speed is in the middle of the slider. */
export const RATES: readonly number[] = [
  0.33, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.75, 2, 2.25, 2.5, 3,
];

/** Index of the speed in `RATES` that is nearest to `rate`. */
export function nearestRateIndex(rate: number): number {
  let nearest = 0;
  for (const [index, candidate] of RATES.entries()) {
    if (Math.abs(candidate - rate) < Math.abs((RATES[nearest] ?? 0) - rate)) nearest = index;
  }
  return nearest;
}

/** The speed `steps` further up or down; the ends hold. */
export function stepRate(rate: number, steps: number): number {
  const index = Math.min(RATES.length - 1, Math.max(0, nearestRateIndex(rate) + steps));
  return RATES[index] ?? 1;
}

/** e.g. `1.25×` */
export function formatRate(rate: number): string {
  return `${Number(rate.toFixed(2))}×`;
}
