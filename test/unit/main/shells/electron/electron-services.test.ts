import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createElectronServices } from '../../../../../main/shells/electron/electron-services.ts';

/** Services whose dialogs answer at once. */
function makeServices(answers: { open?: string[]; save?: string } = {}) {
  const window = { id: 1 } as never;
  const showOpenDialog = vi.fn(async (..._: unknown[]) => ({ canceled: !answers.open, filePaths: answers.open ?? [] }));
  const showSaveDialog = vi.fn(async (..._: unknown[]) => ({ canceled: !answers.save, filePath: answers.save ?? '' }));
  const showItemInFolder = vi.fn();
  const nativeTheme = { themeSource: 'system' as const };
  const services = createElectronServices({
    window,
    nativeTheme,
    dialog: { showOpenDialog, showSaveDialog } as never,
    shell: { showItemInFolder },
    app: { getAppMetrics: () => [] },
    exportFolder: '/home/u/Music',
  });
  return { services, nativeTheme, window, showOpenDialog, showSaveDialog, showItemInFolder };
}

test('opens one file, from the texts first, in a dialog of the window', async () => {
  const { services, window, showOpenDialog } = makeServices({ open: ['/a.txt'] });

  expect(await services.chooseFileToOpen()).toBe('/a.txt');
  expect(showOpenDialog.mock.calls).toEqual([
    [
      window,
      expect.objectContaining({
        properties: ['openFile'],
        filters: [
          { name: 'Text', extensions: ['txt', 'md', 'markdown'] },
          { name: 'All Files', extensions: ['*'] },
        ],
      }),
    ],
  ]);
});

test('closing a dialog is a refusal, not a path', async () => {
  const { services } = makeServices();

  expect([await services.chooseFileToOpen(), await services.chooseExportTarget('a.wav')]).toEqual([null, null]);
});

test.each([
  ['Chapter 1.wav', '/home/u/Music/Chapter 1.wav'],
  ['../../.ssh/id_rsa.wav', '/home/u/Music/ssh id_rsa.wav'],
])('offers %j as %s', async (suggestedName, defaultPath) => {
  const { services, showSaveDialog } = makeServices({ save: '/x.wav' });

  await services.chooseExportTarget(suggestedName);

  expect(showSaveDialog.mock.calls[0]?.[1]).toMatchObject({ defaultPath });
});

test('the file types begin with the one that was chosen, and the others can be taken', async () => {
  const { services, showSaveDialog } = makeServices({ save: '/x.ogg' });

  expect(await services.chooseExportTarget('Chapter 1.mp3')).toMatchObject({ path: '/x.ogg' });

  expect(showSaveDialog.mock.calls[0]?.[1]).toMatchObject({
    filters: [{ extensions: ['mp3'] }, { extensions: ['wav'] }, { extensions: ['ogg'] }],
  });
});

test('the next export is offered where the last one went', async () => {
  const { services, showSaveDialog } = makeServices({ save: '/books/one.wav' });

  expect(await services.chooseExportTarget('one.wav')).toMatchObject({ path: '/books/one.wav' });
  await services.chooseExportTarget('two.wav');

  expect(showSaveDialog.mock.calls[1]?.[1]).toMatchObject({ defaultPath: '/books/two.wav' });
});

test('shows a file that was exported in this run', async () => {
  const { services, showItemInFolder } = makeServices({ save: '/books/one.wav' });
  const place = await services.chooseExportTarget('one.wav');
  await expect(services.reveal('/books/one.wav')).rejects.toMatchObject({ details: { reason: 'not-exported' } });

  expect(place?.downloadPathOf('/books/one.wav')).toBeNull();
  await services.reveal('/books/one.wav');

  expect(showItemInFolder.mock.calls).toEqual([['/books/one.wav']]);
});

test.each(['/etc/passwd', '/books', '/books/one.wav.part', '/books/../books/one.wav'])(
  'does not show %s, which was not',
  async (path) => {
    const { services, showItemInFolder } = makeServices({ save: '/books/one.wav' });
    (await services.chooseExportTarget('one.wav'))?.downloadPathOf('/books/one.wav');

    await expect(services.reveal(path)).rejects.toMatchObject({ code: 'refused', details: { reason: 'not-exported' } });
    expect(showItemInFolder).not.toHaveBeenCalled();
  },
);

test('what the system draws follows the theme of the page', () => {
  const { services, nativeTheme } = makeServices();

  services.showTheme('dark');

  expect(nativeTheme.themeSource).toBe('dark');
});

test('texts of a queue are chosen as files or as a folder', async () => {
  const { services, showOpenDialog } = makeServices({ open: ['/a.txt', '/b.txt'] });

  expect(await services.chooseTexts('files')).toEqual(['/a.txt', '/b.txt']);
  await services.chooseTexts('folder');
  expect(showOpenDialog.mock.calls.map(([, options]) => options)).toMatchObject([
    { properties: ['openFile', 'multiSelections'] },
    { properties: ['openDirectory'] },
  ]);
  expect(await makeServices().services.chooseTexts('files')).toEqual([]);
});

test('a queue goes into the chosen folder, replaces nothing there, and what it made can be shown', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aside-services-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'there.wav'), '');
  const { services, showItemInFolder } = makeServices({ open: [folder] });

  expect(await services.chooseExportFolder()).toBe(folder);
  await expect(services.reserveExportPlace('there.wav', folder)).rejects.toMatchObject({
    details: { reason: 'target-exists' },
  });
  const place = await services.reserveExportPlace('new.wav', folder);
  expect(place.path).toBe(join(folder, 'new.wav'));
  await expect(services.reveal(place.path)).rejects.toMatchObject({ details: { reason: 'not-exported' } });
  expect(place.downloadPathOf(place.path)).toBeNull();
  await services.reveal(place.path);
  expect(showItemInFolder.mock.calls).toEqual([[place.path]]);
  expect(await makeServices().services.chooseExportFolder()).toBeNull();
});
