const KEY = 'aside.recent-voices';
const MAX_RECENT = 4;

/** Ids of the voices that were chosen last, newest first. A convenience of this browser: it may forget them. */
export function readRecentVoices(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string').slice(0, MAX_RECENT) : [];
  } catch {
    return []; // storage is switched off, or holds something else
  }
}

export function rememberVoice(id: string): void {
  const recent = [id, ...readRecentVoices().filter((known) => known !== id)].slice(0, MAX_RECENT);
  try {
    localStorage.setItem(KEY, JSON.stringify(recent));
  } catch {
    // storage is switched off or full: then it is not remembered
  }
}
