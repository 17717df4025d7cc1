import { existsSync, lutimesSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sha256Of } from '../../../../main/exports/sha256.ts';
import { UnfinishedExports } from '../../../../main/exports/unfinished-exports.ts';
import { DEFAULT_PROSODY } from '../../../../protocol/model/prosody.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-unfinished-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** What a run has left whose job was `more` than this version knows. */
async function left(more: object) {
  const path = join(dir, 'a.wav');
  const job = {
    ...{ path, inputPath: null, voiceId: 'espeak:en', prosody: DEFAULT_PROSODY, format: { kind: 'wav' } },
    ...{ split: { by: 'nothing' }, chapters: [], title: '', author: '', onError: 'stop', ...more },
  };
  mkdirSync(`${path}.part`);
  writeFileSync(join(`${path}.part`, 'journal.jsonl'), '');
  writeFileSync(join(`${path}.part`, 'job.json'), JSON.stringify({ textSha256: sha256Of('Hi.'), text: 'Hi.', job }));
  const unfinished = new UnfinishedExports(join(dir, 'data'));
  await unfinished.note(`${path}.part`);
  return { unfinished, work: `${path}.part` };
}

it('offers what a later version has begun, whatever that has noted besides', async () => {
  const { unfinished, work } = await left({ mood: 'cheerful' });
  expect(await unfinished.list()).toMatchObject([{ folder: work, text: 'Hi.' }]);
});

it('leaves what it does not understand to the version that has begun it', async () => {
  const { unfinished, work } = await left({ format: { kind: 'of-later' } });
  expect([await unfinished.list(), await unfinished.list()]).toEqual([[], []]);
  expect(existsSync(join(work, 'job.json'))).toBe(true);
});

it('keeps the note of an export whose folder is still to come, and forgets it where it never came', async () => {
  const unfinished = new UnfinishedExports(join(dir, 'data'));
  const notes = (): string[] => readdirSync(join(dir, 'data', 'unfinished'));
  await unfinished.note(join(dir, 'late.wav.part'));
  expect([await unfinished.list(), notes().length]).toEqual([[], 1]);

  const before = Date.now() / 1000 - 25 * 3_600;
  const age = (): void => {
    for (const name of notes()) lutimesSync(join(dir, 'data', 'unfinished', name), before, before);
  };
  age();
  await unfinished.note(join(dir, 'late.wav.part')); // another export of the same file
  expect([await unfinished.list(), notes().length]).toEqual([[], 1]);
  age();
  expect([await unfinished.list(), notes().length]).toEqual([[], 0]);
});

it('reads the notes of versions that wrote files', async () => {
  const { unfinished, work } = await left({});
  const [name = ''] = readdirSync(join(dir, 'data', 'unfinished'));
  rmSync(join(dir, 'data', 'unfinished', name));
  writeFileSync(join(dir, 'data', 'unfinished', name), JSON.stringify({ folder: work }));
  expect(await unfinished.list()).toMatchObject([{ folder: work }]);
  await unfinished.forget(work);
  expect(readdirSync(join(dir, 'data', 'unfinished'))).toEqual([]);
});

it('notes a second time what it has noted, and removes only the note', async () => {
  const { unfinished, work } = await left({});
  await unfinished.note(work);
  await unfinished.forget(work);
  expect([await unfinished.list(), existsSync(join(work, 'job.json'))]).toEqual([[], true]);
});
