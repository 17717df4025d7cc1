// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AsideError } from '../../../../../protocol/errors.ts';
import { type Draft, EMPTY_DRAFT } from '../../../../../protocol/model/draft.ts';
import type { MainLink } from '../../../../../renderer/connection/main-link.ts';
import { createDraftSaver } from '../../../../../renderer/features/documents/draft-saver.ts';
import { TextEditor } from '../../../../../renderer/features/editor/text-editor.ts';
import { createNotices } from '../../../../../renderer/features/notices/notices.ts';

const KEPT: Draft = { text: 'A book of mine.', charIndex: 2, name: 'book.txt' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The saver and its editor over a main that keeps `kept`, and does not answer while it is down. */
function openPage(kept: Draft = KEPT) {
  const main = { kept, isDown: false, saves: [] as Draft[] };
  const reconnected: (() => void)[] = [];
  const request = async (method: string, params: unknown): Promise<unknown> => {
    if (main.isDown) throw new AsideError('disconnected', 'Aside has ended.', { details: {} });
    if (method === 'draft.load') return main.kept;
    main.kept = params as Draft;
    main.saves.push(main.kept);
    return {};
  };
  const link = { request, onReconnected: (listener: () => void) => reconnected.push(listener) };
  const editor = new TextEditor('test');
  const notices = createNotices();
  const reading: { place: number | null } = { place: null };
  const place = (): number => reading.place ?? editor.store.getState().cursor;
  const saver = createDraftSaver(link as unknown as MainLink, editor, notices, place);
  return {
    main,
    editor,
    notices,
    reading,
    saver,
    type: (text: string) => editor.view.dispatch({ changes: { from: 0, insert: text }, userEvent: 'input.type' }),
    reconnect: async () => {
      main.isDown = false;
      for (const listener of reconnected) listener();
      await vi.runAllTimersAsync();
    },
  };
}

async function openPageWithoutMain() {
  const page = openPage();
  page.main.isDown = true;
  await expect(page.saver.load()).rejects.toMatchObject({ code: 'disconnected' });
  return page;
}

test('a page that could not load sends nothing when the connection is back', async () => {
  const { main, reconnect, saver } = await openPageWithoutMain();
  await reconnect();
  saver.flush();
  await vi.runAllTimersAsync();

  expect(main.saves).toEqual([]);
});

test('a page that could not load sends not even what was typed, before it knows what is kept', async () => {
  const { main, reconnect, saver, type } = await openPageWithoutMain();
  type('New words.');
  await reconnect();
  saver.flush();
  await vi.runAllTimersAsync();

  expect(main.kept).toEqual(KEPT);
});

test('what is kept is shown when a later load succeeds', async () => {
  const { editor, reconnect, saver } = await openPageWithoutMain();
  await reconnect();
  await saver.load();

  expect(editor.text()).toBe(KEPT.text);
});

test('what was typed before the load stays, is saved, and the kept text is one undo away', async () => {
  const { editor, main, reconnect, saver, type } = await openPageWithoutMain();
  type('New words.');
  await reconnect();
  await saver.load();
  expect(editor.text()).toBe('New words.');
  await vi.runAllTimersAsync();
  expect(main.kept.text).toBe('New words.');

  editor.undo();
  expect(editor.text()).toBe(KEPT.text);
  expect(editor.store.getState().name).toBe(KEPT.name);
});

test('a notice says that there is an earlier text, and shows it also after more was typed', async () => {
  const { editor, notices, saver, type } = openPage();
  type('New words.');
  await saver.load();
  type('More. ');
  notices.store
    .getState()
    .find(({ key }) => key === 'earlier-text')
    ?.action?.run();

  expect(editor.text()).toBe(KEPT.text);
  expect(notices.store.getState()).toEqual([]);
  editor.undo();
  expect(editor.text()).toBe('More. New words.');
});

test('no notice is shown when there is no earlier text', async () => {
  const { main, notices, saver, type } = openPage(EMPTY_DRAFT);
  type('New words.');
  await saver.load();
  await vi.runAllTimersAsync();

  expect(notices.store.getState()).toEqual([]);
  expect(main.kept.text).toBe('New words.');
});

test('what could not be saved is saved when the connection is back', async () => {
  const { main, reconnect, saver, type } = openPage();
  await saver.load();
  main.isDown = true;
  type('New. ');
  await vi.runAllTimersAsync();
  await reconnect();

  expect(main.kept.text).toBe(`New. ${KEPT.text}`);
});

test('the last change is sent again when the connection is back, as main may have ended before it was on disk', async () => {
  const { main, reconnect, saver, type } = openPage();
  await saver.load();
  type('New. ');
  await vi.runAllTimersAsync();
  main.kept = KEPT;
  await reconnect();

  expect(main.kept.text).toBe(`New. ${KEPT.text}`);
});

test('a page that changed nothing does not replace the newer text of another one when the connection is back', async () => {
  const { main, reconnect, saver } = openPage();
  await saver.load();
  main.kept = { ...KEPT, text: 'Newer, from another page.' };
  await reconnect();

  expect(main.saves).toEqual([]);
});

test('what is typed without a pause is saved on the way', async () => {
  const { main, saver, type } = openPage();
  await saver.load();
  for (let key = 0; key < 20; key++) {
    type('x');
    await vi.advanceTimersByTimeAsync(300);
  }

  expect(main.saves.length).toBeGreaterThan(0);
  expect(main.saves.length).toBeLessThan(4);
});

test('a page that is going away keeps the place that the reading has come to, and only when it has moved', async () => {
  const { main, reading, saver } = openPage();
  await saver.load();
  saver.flush();
  expect(main.saves).toEqual([]);

  reading.place = 7;
  saver.flush();
  await vi.runAllTimersAsync();
  expect(main.saves.map(({ charIndex }) => charIndex)).toEqual([7]);
});
