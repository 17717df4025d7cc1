import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

interface Need {
  /** null where the system does not tell. */
  readonly disk: number | null;
  readonly bytes: number;
}

/** What the exports that run still need, each on its disk: two that each find room may not find it together. */
export class RoomLedger {
  readonly #needs = new Map<string, Need>();

  /** Notes what the export to `place` still needs, and tells what the others on its disk do. */
  async note(place: string, bytes: number): Promise<number> {
    const disk = this.#needs.get(place)?.disk ?? (await diskOf(place));
    this.#needs.set(place, { disk, bytes });
    if (disk === null) return 0;
    const others = [...this.#needs].filter(([other, need]) => other !== place && need.disk === disk);
    return others.reduce((sum, [, need]) => sum + need.bytes, 0);
  }

  /** The export to `place` needs nothing more. */
  forget(place: string): void {
    this.#needs.delete(place);
  }
}

/** Of all exports of this process. */
export const ROOM = new RoomLedger();

function diskOf(place: string): Promise<number | null> {
  return stat(dirname(place)).then(
    ({ dev }) => dev,
    () => null,
  );
}
