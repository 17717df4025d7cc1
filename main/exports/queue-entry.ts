import { basename } from 'node:path';
import type { ExportOutput } from '../../protocol/model/export.ts';
import type { ExportChoices, QueueItem, QueueItemState } from '../../protocol/model/export-queue.ts';
import type { ExportPlace } from '../shell-services.ts';
import type { Leftover } from './leftover.ts';
import type { QueuedText } from './queued-text.ts';

/** An item of the queue, with what only main knows of it. */
export interface QueueEntry {
  readonly id: number;
  readonly text: QueuedText;
  /** What an earlier run of Aside was told to make of it. */
  resumes: Leftover | null;
  state: QueueItemState;
  /** What a run is making of it; null while none does. */
  choices: ExportChoices | null;
  /** Of the export that runs, or that has been told to end and has not yet let go of its files. */
  abort: AbortController | null;
  /** Its files are there; only what was needed to make them has yet to go. */
  isMade: boolean;
  /** Where its audio goes. Kept when it is paused or fails: what is done lies there. */
  place: ExportPlace | null;
  keepsMarkup: boolean;
  littleRoom: QueueItem['littleRoom'];
}

/** Of a text that nobody has begun here. */
export function newEntry(id: number, text: QueuedText, resumes: Leftover | null, state: QueueItemState): QueueEntry {
  const nothingYet = { choices: null, abort: null, isMade: false, place: null, keepsMarkup: false, littleRoom: null };
  return { id, text, resumes, state, ...nothingYet };
}

/** `choices`: of the queue. */
export function shownItem(entry: QueueEntry, choices: ExportChoices): QueueItem {
  const { id, text, state, keepsMarkup, littleRoom } = entry;
  const { name, folder, sizeBytes } = text;
  return { id, name, folder, sizeBytes, kinds: kindsOf(entry, choices), state, keepsMarkup, littleRoom };
}

/** What is left of an earlier run becomes what that run was told. */
function kindsOf({ resumes, choices }: QueueEntry, chosen: ExportChoices): string[] {
  const { format, timedText } = choices ?? chosen;
  const made = resumes ?? { audio: format.kind, timedText };
  return [made.audio, ...(made.timedText === null ? [] : [made.timedText])];
}

/** What became of an export, as pages see it. */
export function outputsOf(place: ExportPlace, paths: readonly string[]): ExportOutput[] {
  return paths.map((path) => ({ name: basename(path), path, downloadPath: place.downloadPathOf(path) }));
}

/** Whether it is to be made when its turn comes. */
export function isDue({ state, abort }: QueueEntry): boolean {
  return abort === null && (state.kind === 'waiting' || state.kind === 'paused');
}

/** Whether nothing more happens to it by itself. */
export function isOver({ state }: QueueEntry): boolean {
  return state.kind === 'done' || state.kind === 'failed' || state.kind === 'cancelled';
}

/** Whether something may lie on the disk that only it goes on with. */
export function hasWork({ place, resumes }: QueueEntry): boolean {
  return place !== null || (resumes !== null && resumes.origin.kind === 'export');
}

/** Whether its text is another than the one that an earlier run has begun. */
export function isChanged({ state }: QueueEntry): boolean {
  return state.kind === 'failed' && state.error.code === 'refused' && state.error.details.reason === 'input-changed';
}
