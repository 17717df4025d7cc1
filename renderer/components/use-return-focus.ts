import { useEffect, useRef } from 'react';

/**
 * Gives the focus back to where it was when something that was opened by a key closes. Fluent does so for what was
 * opened by its own button.
 * @param otherwise a selector of what takes it where that place is gone
 */
export function useReturnFocus(isOpen: boolean, otherwise?: string): void {
  const before = useRef<Element | null>(null);
  // While drawing, before the focus moves into what opens.
  if (isOpen && before.current === null) before.current = document.activeElement;
  useEffect(() => {
    if (isOpen) return;
    const target = before.current;
    before.current = null;
    if (!(target instanceof HTMLElement)) return;
    // Later than Fluent's own try, and only where that led nowhere.
    const timer = setTimeout(() => {
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      if (target.isConnected) target.focus();
      else if (otherwise !== undefined) document.querySelector<HTMLElement>(otherwise)?.focus();
    }, RETURN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isOpen, otherwise]);
}

/** Fluent's popups fade out first. */
const RETURN_AFTER_MS = 300;
