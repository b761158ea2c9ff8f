// Lists by keyboard: j and k move, Enter opens, / goes to the search field.
import { useEffect, useState } from 'react';

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
// Enter on these does what they are for.
const actsItself = (target: EventTarget | null) => target instanceof HTMLElement && target.closest('a,button,[role=tab]') !== null;
const isCovered = () => document.querySelector('.ant-drawer-open, .ant-modal-wrap:not([style*="display: none"])') !== null;

// Where a key press leads from the row `at` (none: the list is not entered yet).
export function stepped(at: number | undefined, key: string, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === 'j') return Math.min((at ?? -1) + 1, count - 1);
  if (key === 'k') return Math.max((at ?? count) - 1, 0);
  return at;
}

// Gives back the key of the row the keyboard stands on.
export function useListKeys<Row>(rows: Row[], keyOf: (row: Row) => string, open?: (row: Row) => void): string | undefined {
  const [at, setAt] = useState<number>();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || isCovered()) return;
      const row = at === undefined ? undefined : rows[at];
      if (event.key === 'j' || event.key === 'k') {
        const next = stepped(at, event.key, rows.length);
        const target = next === undefined ? undefined : rows[next];
        setAt(next);
        if (target) document.querySelector(`tr[data-row="${CSS.escape(keyOf(target))}"]`)?.scrollIntoView({ block: 'nearest' });
      } else if (event.key === 'Enter' && row && !actsItself(event.target)) open?.(row);
      else if (event.key === '/') {
        event.preventDefault();
        document.querySelector<HTMLInputElement>('.list-search input')?.focus();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [at, rows, keyOf, open]);
  const row = at === undefined ? undefined : rows[at];
  return row === undefined ? undefined : keyOf(row);
}
