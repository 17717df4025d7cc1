import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bytesNeeded } from '../../../../main/exports/disk-room.ts';
import type { ExportJob, ExportNotice } from '../../../../main/exports/export-job.ts';
import { RoomLedger } from '../../../../main/exports/room-ledger.ts';
import { createRoomLookout } from '../../../../main/exports/room-lookout.ts';
import { DEFAULT_PROSODY } from '../../../../protocol/model/prosody.ts';

const TEXT = 'x'.repeat(1_000_000);
const NEEDED = bytesNeeded(TEXT.length, 1, { kind: 'wav' });

/** A lookout of one of several exports, each of which needs `NEEDED`. */
function lookout(ledger: RoomLedger, place: string, freeBytes: () => number) {
  const notices: ExportNotice[] = [];
  const job = {
    text: TEXT,
    prosody: DEFAULT_PROSODY,
    bytesFree: () => Promise.resolve(freeBytes()),
    onNotice: (notice) => notices.push(notice),
  } satisfies Partial<ExportJob>;
  return { look: createRoomLookout(job as unknown as ExportJob, place, [], ledger), notices };
}

it('tells of two that would each find room, and do not together, until one is done', async () => {
  const ledger = new RoomLedger();
  const [one, two] = ['one.wav', 'two.wav'].map((name) => join(tmpdir(), name)) as [string, string];
  const freeBytes = NEEDED * 1.5;
  const first = lookout(ledger, one, () => freeBytes);
  const second = lookout(ledger, two, () => freeBytes);
  await first.look();
  expect(first.notices).toEqual([]);
  await second.look();
  await first.look();
  const littleRoom = { kind: 'little-room', neededBytes: NEEDED, othersBytes: NEEDED, freeBytes };
  expect([first.notices, second.notices]).toEqual([[littleRoom], [littleRoom]]);

  ledger.forget(one);
  await second.look();
  expect(second.notices).toEqual([littleRoom, { kind: 'enough-room' }]);
});

it('counts for nobody what is on a disk that is not known', async () => {
  const ledger = new RoomLedger();
  const [one, two] = ['/nowhere/one.wav', '/nowhere/two.wav'].map((place) => lookout(ledger, place, () => NEEDED));
  await one?.look();
  await two?.look();
  expect(two?.notices).toEqual([]);
});

it('looks again at what an export still needs, and does not count it with itself', async () => {
  const ledger = new RoomLedger();
  const place = join(tmpdir(), 'one.wav');
  expect(await ledger.note(place, 100)).toBe(0);
  expect(await ledger.note(place, 60)).toBe(0);
  expect(await ledger.note(join(tmpdir(), 'two.wav'), 1)).toBe(60);
});
