import { Spinner } from '@fluentui/react-components';
import { useRef } from 'react';
import { useFeature } from '../../services-context.ts';
import { QueueRow } from './queue-row.tsx';
import { useKeptFocus } from './use-kept-focus.ts';

/** The items in the order in which they are made. @param onNoneLeft the last one that had the focus was removed */
export function QueueList({ onNoneLeft }: { readonly onNoneLeft: () => void }) {
  const list = useRef<HTMLOListElement>(null);
  const items = useFeature(
    ({ queue }) => queue.store,
    (state) => state.queue.items,
  );
  const isAdding = useFeature(
    ({ queue }) => queue.isAdding,
    (is) => is,
  );
  const keepFocus = useKeptFocus(list, onNoneLeft);
  if (items.length === 0) {
    return isAdding ? (
      <Spinner className="queue__empty" size="small" label="Adding the files…" />
    ) : (
      <p className="queue__empty">
        Add texts and folders with the buttons, or drop them here. They become audio one after the other.
      </p>
    );
  }
  return (
    <ol ref={list} className="queue__list" aria-label="Texts to export" {...keepFocus}>
      {items.map((item, index) => (
        <QueueRow key={item.id} item={item} isFirst={index === 0} isLast={index === items.length - 1} />
      ))}
    </ol>
  );
}
