import type { AppContract } from '../../protocol/contract/app-contract.ts';
import type { Handlers } from '../../protocol/contract/serve.ts';
import { type AudioFormat, defaultFormat } from '../../protocol/model/audio-format.ts';
import type { ExportStanding } from '../../protocol/model/export.ts';
import type { ShellServices } from '../shell-services.ts';
import type { ExportNotice } from './export-job.ts';
import type { ExportQueue } from './export-queue.ts';
import type { ItemMaker } from './item-maker.ts';
import { isOtherFormat, kindOfName, otherFormat } from './kind-of-name.ts';
import { outputsOf } from './queue-entry.ts';

type ExportHandlers = Pick<Handlers<AppContract>, 'export.start' | 'export.reveal'>;

/** A page is told that much at most; a progress bar needs no more. */
const PROGRESS_INTERVAL_MS = 100;

export interface PageExportsParts {
  /** The queue's own, so that one text is made as many are. */
  readonly maker: Pick<ItemMaker, 'make'>;
  /** Has what was chosen. */
  readonly queue: Pick<ExportQueue, 'state'>;
  readonly places: Pick<ShellServices, 'chooseExportTarget' | 'reveal'>;
}

/** Makes audio of the text in the window, as was chosen for it and for the queue. */
export function createPageExports({ maker, queue, places }: PageExportsParts): ExportHandlers {
  return {
    'export.start': async ({ text, title, ...manner }, context) => {
      const { choices } = queue.state();
      const place = await places.chooseExportTarget(`${title}.${choices.format.kind}`);
      if (!place) return { kind: 'declined' };
      const { path } = place;
      const format = formatFor(path, choices.format);
      const { onProgress, onNotice } = standingOf(context.progress);
      const made = await maker.make(
        { text, title, path, mayReplace: 'named', manner, choices: { ...choices, format } },
        { signal: context.signal, onProgress, onNotice },
      );
      const { durationMs, bytes } = made;
      return { kind: 'saved', outputs: outputsOf(place, made.paths), durationMs, bytes };
    },
    'export.reveal': async ({ path }) => {
      await places.reveal(path);
      return {};
    },
  };
}

/** Whoever names the file has the last word: a dialog lets its type be chosen. */
function formatFor(path: string, chosen: AudioFormat): AudioFormat {
  if (isOtherFormat(path)) throw otherFormat(path);
  const kind = kindOfName(path) ?? chosen.kind;
  return kind === chosen.kind ? chosen : defaultFormat(kind);
}

/** Tells how an export stands: of little room at once, of progress from time to time. */
function standingOf(tell: (standing: ExportStanding) => void) {
  let standing: ExportStanding = { progress: null, littleRoom: null };
  let toldAtMs = Number.NEGATIVE_INFINITY;
  return {
    onProgress: (progress: ExportStanding['progress']): void => {
      standing = { ...standing, progress };
      const nowMs = performance.now();
      if (nowMs - toldAtMs < PROGRESS_INTERVAL_MS) return;
      toldAtMs = nowMs;
      tell(standing);
    },
    onNotice: (notice: ExportNotice): void => {
      if (notice.kind !== 'little-room' && notice.kind !== 'enough-room') return;
      const { kind, ...room } = notice;
      standing = { ...standing, littleRoom: 'neededBytes' in room ? room : null };
      tell(standing);
    },
  };
}
