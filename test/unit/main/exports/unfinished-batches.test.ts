import {
  existsSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SavedBatch } from '../../../../main/exports/saved-batch.ts';
import { type UnfinishedBatch, UnfinishedBatches } from '../../../../main/exports/unfinished-batches.ts';
import { DEFAULT_PROSODY } from '../../../../protocol/model/prosody.ts';

const BEGUN_S = 1_700_000_000;

let dir = '';
let batches: UnfinishedBatches;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-batches-'));
  batches = new UnfinishedBatches(join(dir, 'data'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const notes = (): string[] => readdirSync(join(dir, 'data', 'unfinished-batches'));
const folders = (): string[] => readdirSync(dir).filter((name) => name.endsWith('.part'));

function batchOf(names: readonly string[]): SavedBatch {
  return {
    ...{ voiceId: 'espeak:en', prosody: DEFAULT_PROSODY, format: { kind: 'wav' }, split: { by: 'nothing' } },
    ...{ cueLimits: { maxLineChars: 42, maxLines: 2 }, onError: 'stop' },
    items: names.map((name) => ({ input: join(dir, `${name}.txt`), out: join(dir, `${name}.wav`) })),
  };
}

/** One that somebody works at, begun so many seconds later than others. */
async function begun(names: readonly string[], afterS = 0) {
  const folder = await batches.open(dir);
  if (!folder) throw new Error('There is no place for a folder');
  folder.remember(batchOf(names));
  const leave = async (): Promise<string> => {
    await folder.leave(true);
    utimesSync(join(folder.path, 'batch.json'), BEGUN_S + afterS, BEGUN_S + afterS);
    return folder.path;
  };
  return { folder, leave };
}

const left = async (names: readonly string[], afterS = 0): Promise<string> => (await begun(names, afterS)).leave();

const offered = (found: readonly UnfinishedBatch[]): [string, string[]][] =>
  found.map((one) => [one.folder, one.left.map(({ out }) => basename(out, '.wav'))]);

function made(name: string): void {
  writeFileSync(join(dir, `${name}.wav`), 'audio');
}

it('offers the rest of what was left, and only once nobody works at it', async () => {
  const { folder, leave } = await begun(['a', 'b']);
  expect(await batches.list()).toEqual([]);
  await leave();
  made('a');
  const [one, ...others] = await batches.list();
  const batch = batchOf(['a', 'b']);
  expect([one, others]).toEqual([
    { folder: folder.path, batch, begunMs: BEGUN_S * 1_000, left: [expect.anything()] },
    [],
  ]);
  expect(one?.left).toEqual([{ input: join(dir, 'b.txt'), out: join(dir, 'b.wav') }]);
});

it('removes those that are made, with their notes', async () => {
  await left(['a']);
  made('a');
  expect([await batches.list(), notes(), folders()]).toEqual([[], [], []]);
});

it('gives the newest the say of texts that are in several, and ends those that have no other', async () => {
  const old = await left(['a', 'b', 'c'], 0);
  await left(['a'], 1);
  const young = await left(['a', 'b'], 2);
  expect(offered(await batches.list())).toEqual([
    [young, ['a', 'b']],
    [old, ['c']],
  ]);
  expect([notes().length, folders().length]).toEqual([2, 2]);
});

it('does not offer of an older batch what somebody makes anew', async () => {
  const old = await left(['a', 'b'], 0);
  const { leave } = await begun(['a'], 1);
  await expect.poll(async () => offered(await batches.list())).toEqual([[old, ['b']]]);
  await leave();
});

it('leaves what it does not understand to the version that has begun it', async () => {
  const path = await left(['a']);
  writeFileSync(join(path, 'batch.json'), JSON.stringify({ ...batchOf(['a']), split: { by: 'mood' } }));
  expect([await batches.list(), await batches.list()]).toEqual([[], []]);
  expect([readdirSync(path), notes().length]).toEqual([['batch.json'], 1]);
});

it('removes one that was killed before it was whole', async () => {
  const path = await left(['a']);
  writeFileSync(join(path, 'batch.json'), '{"voiceId": "esp');
  expect([await batches.list(), notes(), folders()]).toEqual([[], [], []]);
});

it('leaves one alone of which the disk does not tell whether somebody works at it, and offers the others', async () => {
  const [silent, other] = [await left(['a'], 0), await left(['b'], 1)];
  mkdirSync(join(silent, 'lock')); // cannot be read as a file
  expect(offered(await batches.list())).toEqual([[other, ['b']]]);
  rmdirSync(join(silent, 'lock'));
  expect(offered(await batches.list())).toEqual([
    [other, ['b']],
    [silent, ['a']],
  ]);
});

it('forgets a batch whose folder is gone, but not at once: it may be on a disk that comes back', async () => {
  rmSync(await left(['a']), { recursive: true });
  expect([await batches.list(), notes().length]).toEqual([[], 1]);
  const before = Date.now() / 1_000 - 25 * 3_600;
  for (const name of notes()) lutimesSync(join(dir, 'data', 'unfinished-batches', name), before, before);
  expect([await batches.list(), notes()]).toEqual([[], []]);
});

it('keeps two runs from going on with one', async () => {
  await left(['a']);
  const [one] = await batches.list();
  const first = await batches.goOn(one as UnfinishedBatch);
  await expect(batches.goOn(one as UnfinishedBatch)).rejects.toMatchObject({ details: { reason: 'target-busy' } });
  await expect(batches.discard(one as UnfinishedBatch)).rejects.toMatchObject({ code: 'refused' });
  expect(await batches.list()).toEqual([]);
  await first.folder.leave(true);
  expect(await batches.list()).toEqual([one]);
});

it('does not make again what was made since it was offered', async () => {
  await left(['a', 'b']);
  const [one] = await batches.list();
  made('a');
  const { folder, left: rest } = await batches.goOn(one as UnfinishedBatch);
  expect(rest.map(({ out }) => basename(out))).toEqual(['b.wav']);
  made('b');
  await folder.leave(false);

  const late = await batches.goOn(one as UnfinishedBatch); // by a run that was offered it at the same time
  expect(late.left).toEqual([]);
  await late.folder.leave(false);
  expect([notes(), folders()]).toEqual([[], []]);
});

describe('a text that nobody wants any more', () => {
  const drop = async (...names: string[]): Promise<void> => {
    await batches.list();
    for (const name of names) batches.drop(join(dir, `${name}.wav`));
    await batches.flush();
  };

  it('is offered no more, and the others are by what they were', async () => {
    const path = await left(['a', 'b', 'c', 'd']);
    made('a');
    await drop('b');
    expect(offered(await batches.list())).toEqual([[path, ['c', 'd']]]);
    made('c');
    expect(offered(await batches.list())).toEqual([[path, ['d']]]);
  });

  it('makes its batch no younger: another still has the say of texts that are in both', async () => {
    await left(['a', 'b'], 0);
    const young = await left(['a', 'c'], 1);
    await drop('b');
    expect(offered(await batches.list())).toEqual([[young, ['a', 'c']]]);
  });

  it('ends its batches with the last, also where others were made before', async () => {
    await left(['a', 'b', 'c'], 0);
    await left(['b'], 1);
    made('c');
    await drop('a', 'b');
    expect([notes(), folders()]).toEqual([[], []]);
  });

  it('goes by itself after a while', async () => {
    await left(['a']);
    await batches.list();
    batches.drop(join(dir, 'a.wav'));
    await expect.poll(() => [notes(), folders()], { timeout: 10_000 }).toEqual([[], []]);
  });

  it('stays while a run is at its batch, and goes with the next', async () => {
    const path = await left(['a', 'b', 'c']);
    const [one] = await batches.list();
    const { folder } = await batches.goOn(one as UnfinishedBatch);
    await drop('a');
    await folder.leave(true);
    expect(offered(await batches.list())).toEqual([[path, ['a', 'b', 'c']]]);
    await drop('b', 'other');
    expect(offered(await batches.list())).toEqual([[path, ['c']]]);
    await left(['a'], 1);
    await drop('c');
    expect(offered(await batches.list())).toEqual([[expect.any(String), ['a']]]); // what was dropped once is over
  });

  it('is offered of a batch that was asked for since, also where it could not be dropped at once', async () => {
    await left(['a', 'b'], 0);
    await batches.list();
    const other = await new UnfinishedBatches(join(dir, 'data')).open(dir);
    other?.remember(batchOf(['a', 'b']));
    await expect.poll(() => existsSync(join(other?.path ?? '', 'batch.json'))).toBe(true);
    for (const name of ['a', 'b']) batches.drop(join(dir, `${name}.wav`));
    await batches.flush();
    await other?.leave(true);
    await batches.flush();
    expect(offered(await batches.list())).toEqual([[other?.path, ['a', 'b']]]);
  });
});

it('removes halves of files when it is gone on with, and gives its own files other names', async () => {
  const { folder, leave } = await begun(['a']);
  const half = folder.newFile();
  writeFileSync(half, 'half');
  await leave();
  const [one] = await batches.list();
  const again = (await batches.goOn(one as UnfinishedBatch)).folder;
  expect(readdirSync(again.path).toSorted()).toEqual(['batch.json', 'lock']);
  expect(again.newFile()).not.toBe(half);
  await again.leave(true);
});

it('keeps nothing of a batch that could not be remembered', async () => {
  const folder = await batches.open(dir);
  expect(await folder?.leave(true)).toBe(false);
  expect([notes(), folders()]).toEqual([[], []]);
});

it('keeps nothing of a batch whose folder somebody has removed', async () => {
  const path = await left(['a', 'b']);
  const [one] = await batches.list();
  const { folder } = await batches.goOn(one as UnfinishedBatch);
  rmSync(path, { recursive: true });
  expect(await folder.leave(true)).toBe(false);
  expect([notes(), folders()]).toEqual([[], []]);
});

it('has no folder, and no note of one, where there is no place for it', async () => {
  writeFileSync(join(dir, 'file'), '');
  expect(await batches.open(join(dir, 'file'))).toBeNull();
  expect(notes()).toEqual([]);
});

it('goes on without a data folder that can be written', async () => {
  writeFileSync(join(dir, 'data'), 'a file');
  const folder = await batches.open(dir);
  expect(folders()).toEqual([basename(folder?.path ?? '')]);
  expect(await batches.list()).toEqual([]);
  folder?.remember(batchOf(['a']));
  expect(await folder?.leave(true)).toBe(false); // nobody would know of the rest
  expect(folders()).toEqual([]);
});

it('keeps a batch whose list cannot be read at the moment', async () => {
  const path = await left(['a', 'b']);
  const [one] = await batches.list();
  renameSync(join(path, 'batch.json'), join(dir, 'kept.json'));
  mkdirSync(join(path, 'batch.json')); // as unreadable as on a disk that fails
  await expect(batches.goOn(one as UnfinishedBatch)).rejects.toMatchObject({ details: { reason: 'unreadable' } });
  rmdirSync(join(path, 'batch.json'));
  renameSync(join(dir, 'kept.json'), join(path, 'batch.json'));
  expect(await batches.list()).toEqual([one]);
});
