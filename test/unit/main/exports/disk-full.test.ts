import { expect, it } from 'vitest';
import { diskFullOf } from '../../../../main/exports/disk-full.ts';

it('tells people of a full disk what waits and what to do, and nothing of other notices', () => {
  expect(diskFullOf({ kind: 'disk-full', path: '/audio/book.wav' })).toMatchObject({
    message: 'book.wav waits: the disk is full',
    remedy: 'Free some space, and the export goes on by itself.',
  });
  expect(diskFullOf({ kind: 'room-again' })).toBeNull();
});
