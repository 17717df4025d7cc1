import { AsideError } from '../../../protocol/errors.ts';
import type { ShellServices } from '../../shell-services.ts';
import type { Downloads } from './downloads.ts';

/** In a browser the page opens files and saves downloads by the browser's own means. */
export function createWebServices(downloads: Downloads): ShellServices {
  return {
    shell: 'web',
    hasDialogs: false,
    chooseFileToOpen: () => Promise.reject(noDialogs('choose a file')),
    chooseExportTarget: async (fileName) => {
      const { path } = await downloads.reserve(fileName);
      return { path, downloadPathOf: downloads.offer, release: () => {} };
    },
    chooseTexts: () => Promise.reject(noDialogs('choose files')),
    chooseExportFolder: () => Promise.reject(noDialogs('choose a folder')),
    reserveExportPlace: async (fileName) => {
      const { path } = await downloads.reserve(fileName);
      return { path, downloadPathOf: downloads.offer, release: downloads.keep(path) };
    },
    adoptExportPlace: (path) => ({ path, downloadPathOf: downloads.offer, release: downloads.keep(path) }),
    reveal: () => Promise.reject(noDialogs('show a file in its folder')),
    pageProcess: () => null, // it is one of the browser's
    showTheme: () => {}, // a browser draws its own frame
  };
}

function noDialogs(wish: string): AsideError<'refused'> {
  return new AsideError('refused', `Aside runs in a browser here and cannot ${wish}`, {
    details: { reason: 'no-dialogs' },
    remedy: "Use the browser's own way: its file chooser, and its list of downloads.",
  });
}
