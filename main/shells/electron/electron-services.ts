import { extname, join } from 'node:path';
import type { App, BrowserWindow, Dialog, NativeTheme, Shell } from 'electron';
import { AsideError } from '../../../protocol/errors.ts';
import { isThere, targetExists } from '../../exports/free-targets.ts';
import { safeFileName } from '../../exports/safe-file-name.ts';
import type { ShellServices } from '../../shell-services.ts';
import { pageProcess } from './page-process.ts';

const TEXT_FILES = { name: 'Text', extensions: ['txt', 'md', 'markdown'] };
const ALL_FILES = { name: 'All Files', extensions: ['*'] };
const AUDIO_FILES = [
  { name: 'WAV Audio', extensions: ['wav'] },
  { name: 'MP3 Audio', extensions: ['mp3'] },
  { name: 'Ogg Vorbis Audio', extensions: ['ogg'] },
];

export interface ElectronServicesOptions {
  /** The window that dialogs belong to. */
  readonly window: BrowserWindow;
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;
  readonly shell: Pick<Shell, 'showItemInFolder'>;
  readonly app: Pick<App, 'getAppMetrics'>;
  readonly nativeTheme: Pick<NativeTheme, 'themeSource'>;
  /** Where the first export of a run is offered; later ones where the one before went. */
  readonly exportFolder: string;
}

/** Native dialogs. */
export function createElectronServices(services: ElectronServicesOptions): ShellServices {
  const { window, dialog, shell, app, nativeTheme } = services;
  /** What a page may have shown: nothing but what this user has just saved. */
  const exported = new Set<string>();
  let { exportFolder } = services;
  const offerToFolder = (path: string): null => {
    exported.add(path);
    return null;
  };
  return {
    shell: 'electron',
    hasDialogs: true,
    chooseFileToOpen: async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title: 'Open a Text',
        properties: ['openFile'],
        filters: [TEXT_FILES, ALL_FILES],
      });
      return canceled ? null : (filePaths[0] ?? null);
    },
    chooseExportTarget: async (fileName) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        title: 'Export Audio',
        defaultPath: join(exportFolder, safeFileName(fileName)),
        filters: audioFiles(fileName),
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      if (canceled || filePath === '') return null;
      exportFolder = join(filePath, '..');
      return { path: filePath, downloadPathOf: offerToFolder, release: () => {} };
    },
    chooseTexts: async (from) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title: from === 'files' ? 'Add Texts' : 'Add the Texts of a Folder',
        properties: from === 'files' ? ['openFile', 'multiSelections'] : ['openDirectory'],
        ...(from === 'files' && { filters: [TEXT_FILES, ALL_FILES] }),
      });
      return canceled ? [] : filePaths;
    },
    chooseExportFolder: async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title: 'Choose a Folder for the Audio',
        defaultPath: exportFolder,
        properties: ['openDirectory', 'createDirectory'],
      });
      const [folder] = canceled ? [] : filePaths;
      if (folder === undefined) return null;
      exportFolder = folder;
      return folder;
    },
    reserveExportPlace: async (fileName, folder) => {
      const path = join(folder ?? exportFolder, fileName);
      if (await isThere(path)) throw targetExists(path);
      return { path, downloadPathOf: offerToFolder, release: () => {} };
    },
    adoptExportPlace: (path) => ({ path, downloadPathOf: offerToFolder, release: () => {} }),
    reveal: async (path) => {
      if (!exported.has(path)) throw notExported(path);
      shell.showItemInFolder(path);
    },
    pageProcess: () => pageProcess(app, window),
    showTheme: (theme) => {
      nativeTheme.themeSource = theme;
    },
  };
}

/** The type of the offered file first: the dialog begins with that. */
function audioFiles(fileName: string): typeof AUDIO_FILES {
  const isOffered = ({ extensions }: { extensions: string[] }): boolean =>
    extensions.includes(extname(fileName).slice(1));
  return AUDIO_FILES.toSorted((a, b) => Number(isOffered(b)) - Number(isOffered(a)));
}

function notExported(path: string): AsideError<'refused'> {
  return new AsideError('refused', `${path} was not exported since Aside was started`, {
    details: { reason: 'not-exported' },
    remedy: 'Export it again, or open its folder in the file manager.',
  });
}
