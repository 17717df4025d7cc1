/** Whole milliseconds as `hours:minutes:seconds` with three decimals after `point`; hours have two digits or more. */
export function clock(ms: number, point: '.' | ','): string {
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / 60_000) % 60;
  const seconds = Math.floor(ms / 1_000) % 60;
  return `${two(hours)}:${two(minutes)}:${two(seconds)}${point}${String(ms % 1_000).padStart(3, '0')}`;
}

/** Whole milliseconds as `minutes:seconds.hundredths`, rounded down; minutes have two digits or more. */
export function lyricsClock(ms: number): string {
  const hundredths = Math.floor(ms / 10);
  return `${two(Math.floor(hundredths / 6_000))}:${two(Math.floor(hundredths / 100) % 60)}.${two(hundredths % 100)}`;
}

function two(count: number): string {
  return String(count).padStart(2, '0');
}
