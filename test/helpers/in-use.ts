import process from 'node:process';

/** Handles and listeners of this process, by kind. */
export function inUse(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  for (const name of process.eventNames()) counts.set(`on ${String(name)}`, process.listenerCount(name));
  return counts;
}

/** Kinds of which there are more than before. The test runner's own come and go, so only a growth counts. */
export function grown(before: Map<string, number>, after: Map<string, number>): string[] {
  return [...after].filter(([kind, count]) => count > (before.get(kind) ?? 0)).map(([kind]) => kind);
}
