import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react';

interface Kept {
  readonly element: Element;
  readonly id: string | undefined;
  readonly index: number;
}

/**
 * Keeps the focus in a list whose rows and buttons come and go, also by themselves: where the element that had it is
 * gone, its row takes it, or the row that has come in its place. Rows have `data-item`, and can be focused by program.
 * The returned handlers belong on the list.
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>, onNoneLeft: () => void) {
  const kept = useRef<Kept | null>(null);

  // After each drawing: React tells nobody that the focused element was taken away.
  useLayoutEffect(() => {
    const last = kept.current;
    if (!last || last.element.isConnected) return;
    kept.current = null;
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const rows = rowsOf(list.current);
    const row =
      rows.find((candidate) => candidate.dataset.item === last.id) ?? rows[Math.min(last.index, rows.length - 1)];
    if (row) row.focus();
    else onNoneLeft();
  });

  return {
    onFocus: ({ target }: FocusEvent): void => {
      const rows = rowsOf(list.current);
      const row = target.closest<HTMLElement>('[data-item]');
      kept.current = { element: target, id: row?.dataset.item, index: row ? rows.indexOf(row) : 0 };
    },
    onBlur: ({ target }: FocusEvent): void => {
      if (target.isConnected) kept.current = null; // it went where its user wanted it
    },
  };
}

function rowsOf(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[data-item]') ?? [])];
}
