import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DraftStore, openDraftStore } from '../../../../main/settings/draft-store.ts';
import type { AsideError } from '../../../../protocol/errors.ts';
import { EMPTY_DRAFT } from '../../../../protocol/model/draft.ts';
import { createCollectingLog } from '../../../helpers/collecting-log.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-draft-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function open(): Promise<{ store: DraftStore; problems: AsideError<'file'>[] }> {
  const problems: AsideError<'file'>[] = [];
  const { log } = createCollectingLog();
  return { store: await openDraftStore({ dir, onProblem: (error) => problems.push(error), log }), problems };
}

const reopened = async () => (await open()).store.get();
const textPath = () => join(dir, 'draft.txt');
const positionPath = () => join(dir, 'draft-position.json');

describe('kept between runs', () => {
  test('a new user has an empty text, and no file', async () => {
    const { store } = await open();
    expect(store.get()).toEqual(EMPTY_DRAFT);
    expect(readdirSync(dir)).toEqual([]);
  });

  test('text, cursor and name are there again', async () => {
    const { store } = await open();
    const draft = { text: 'Line one\r\nline two \0 日本 😀\n', charIndex: 7, name: 'a “name”\nof two lines.txt' };
    store.set(draft);
    await store.flush();
    expect(await reopened()).toEqual(draft);
  });

  test('the file holds the text as it is, for any other program', async () => {
    const { store } = await open();
    store.set({ text: 'Grüße "and" \\ more', charIndex: 0, name: '' });
    await store.flush();
    expect(readFileSync(textPath(), 'utf8')).toMatch(/\nGrüße "and" \\ more$/);
  });

  test('any text comes back, lone surrogates as replacement characters', async () => {
    const { store } = await open();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.nat(), async (text, at) => {
        const draft = { text, charIndex: at % (text.length + 1), name: '' };
        store.set(draft);
        await store.flush();
        const wellFormed = Buffer.from(text).toString();
        expect(await reopened()).toEqual({ ...draft, text: wellFormed });
      }),
      { numRuns: 50 },
    );
  });

  test('a text of several pieces comes back, also where a pair stands across their ends', async () => {
    const { store } = await open();
    for (const shift of [0, 1]) {
      const text = `${'x'.repeat(shift)}${'😀'.repeat(700_000)}`;
      store.set({ text, charIndex: 5, name: '' });
      await store.flush();
      expect((await reopened()).text === text).toBe(true);
    }
  });
});

describe('the cursor', () => {
  test('moves without the text being written anew', async () => {
    const { store } = await open();
    store.set({ text: 'some text', charIndex: 0, name: '' });
    await store.flush();
    const before = statSync(textPath());
    store.set({ text: 'some text', charIndex: 5, name: '' });
    await store.flush();
    expect(statSync(textPath())).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
    expect(await reopened()).toEqual({ text: 'some text', charIndex: 5, name: '' });
  });

  test('of another text is not taken for this one’s', async () => {
    const { store } = await open();
    store.set({ text: 'first', charIndex: 0, name: '' });
    store.set({ text: 'first', charIndex: 3, name: '' });
    await store.flush();
    const oldPosition = readFileSync(positionPath());
    store.set({ text: 'second', charIndex: 1, name: '' });
    await store.flush();
    writeFileSync(positionPath(), oldPosition);
    expect(await reopened()).toEqual({ text: 'second', charIndex: 1, name: '' });
  });

  test('that cannot be read is where the text was saved, and nobody is bothered', async () => {
    const { store } = await open();
    store.set({ text: 'text', charIndex: 2, name: '' });
    await store.flush();
    writeFileSync(positionPath(), '{');
    const again = (await open()).store;
    expect(again.get().charIndex).toBe(2);
    expect(again.takeNotices()).toEqual([]);
  });

  test('stays inside a text that someone has shortened', async () => {
    const { store } = await open();
    store.set({ text: 'a long text', charIndex: 11, name: '' });
    await store.flush();
    writeFileSync(textPath(), readFileSync(textPath(), 'utf8').replace('a long text', 'short'));
    expect(await reopened()).toMatchObject({ text: 'short', charIndex: 5 });
  });
});

describe('a file that is no draft', () => {
  test.each([
    ['empty', ''],
    ['without a first line', '{"id":"x","name":"","charIndex":0}'],
    ['a text of someone else', 'Dear diary,\n…'],
    ['with a bad cursor', '{"id":"x","name":"","charIndex":-1}\ntext'],
  ])('%s is set aside whole, and a notice says where, once', async (_what, content) => {
    writeFileSync(textPath(), content);
    const { store } = await open();
    expect(store.get()).toEqual(EMPTY_DRAFT);
    const [name = ''] = readdirSync(dir);
    expect(readFileSync(join(dir, name), 'utf8')).toBe(content);
    expect(store.takeNotices()).toMatchObject([
      { code: 'file', details: { path: join(dir, name), reason: 'corrupt' } },
    ]);
    expect(store.takeNotices()).toEqual([]);
  });
});

test('a disk that cannot be written is one problem, not one for each file', async () => {
  rmSync(dir, { recursive: true });
  writeFileSync(dir, 'a file where the folder should be');
  const { store, problems } = await open();
  store.set({ text: 'kept', charIndex: 0, name: '' });
  store.set({ text: 'kept', charIndex: 1, name: '' });
  await store.flush();
  expect(problems).toMatchObject([{ code: 'file', details: { reason: 'EEXIST' } }]);
  expect(store.get()).toEqual({ text: 'kept', charIndex: 1, name: '' });
});
