import { basename } from 'node:path';
import { AsideError } from '../../protocol/errors.ts';
import { MAX_QUEUE_ITEMS } from '../../protocol/model/export-queue.ts';
import { reasonOf, whyNotSaved } from '../files/why-not-saved.ts';
import type { SavedQueue } from './saved-queue.ts';

/** Of the list at the start. */
export function cannotReadAll(path: string, { items, unread }: SavedQueue): AsideError<'file'> {
  const count = `${unread.length} of ${items.length + unread.length}`;
  return new AsideError('file', `${count} texts in your export queue could not be read from ${basename(path)}`, {
    details: { path, reason: 'corrupt' },
    remedy: 'Nothing was deleted: they stay there, for a version of Aside that can read them.',
  });
}

/** `more`: how many texts of earlier runs the queue has no room for. */
export function cannotOfferAll(more: number): AsideError<'queue-full'> {
  return new AsideError('queue-full', `${more} more texts of earlier runs are not in the export queue: it is full`, {
    details: { request: 'exports.list', limit: MAX_QUEUE_ITEMS },
    remedy: 'Make or remove what is in it: the rest is offered at the next start.',
  });
}

/** `dir`: where texts are kept. */
export function cannotKeep(dir: string, reason: string, cause: unknown): AsideError<'file'> {
  const { because, remedy } = whyNotSaved(reason);
  return new AsideError('file', `Texts added to the export queue cannot be kept in ${dir}: ${because}`, {
    details: { path: dir, reason },
    remedy: `${remedy} They are in the queue, but lost when Aside ends before they are made.`.trim(),
    cause,
  });
}

/** `folder`: of the queue. */
export function anotherHasIt(folder: string): AsideError<'file'> {
  return new AsideError('file', 'Another Aside has the export queue: what you add to it here is not kept', {
    details: { path: folder, reason: 'held' },
    remedy: 'Use the queue of the other one, or end it and start this one again. If there is none, do so in a minute.',
  });
}

export function noPlace(folder: string, cause: unknown): AsideError<'file'> {
  const reason = reasonOf(cause);
  const { because, remedy } = whyNotSaved(reason);
  return new AsideError('file', `The export queue cannot be kept in ${folder}: ${because}`, {
    details: { path: folder, reason },
    remedy: `${remedy} What you add to it is lost when Aside ends.`.trim(),
    cause,
  });
}
