/** Numbers as a table of processes shows them. Each keeps its width while it changes, as far as it can. */

/** What stands where nothing is known. */
export const UNKNOWN = '–';

export function formatBytes(bytes: number | null): string {
  if (bytes === null) return UNKNOWN;
  const mebibytes = bytes / 1024 ** 2;
  return mebibytes < 1000 ? `${mebibytes.toFixed(1)} MB` : `${(mebibytes / 1024).toFixed(2)} GB`;
}

/** Of one core; above 100 % several threads were at work. */
export function formatShare(share: number | null): string {
  return share === null ? UNKNOWN : `${(share * 100).toFixed(1)} %`;
}

export function formatDelay(delayMs: number | null): string {
  if (delayMs === null) return UNKNOWN;
  if (delayMs >= 1_000) return `${(delayMs / 1000).toFixed(1)} s`;
  return delayMs < 9.95 ? `${delayMs.toFixed(1)} ms` : `${Math.round(delayMs)} ms`;
}

/** How long something lasts. */
export function formatAge(ageMs: number): string {
  const seconds = ageMs / 1000;
  if (seconds < 60) return `${(Math.floor(ageMs / 100) / 10).toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** How long ago something was. */
export function formatAgo(agoMs: number): string {
  const seconds = Math.floor(agoMs / 1000);
  if (seconds < 1) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ago`;
}
