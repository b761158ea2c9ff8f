// Lists by keyboard: j and k move, Enter opens, / goes to the search field.
import { useEffect, useState } from 'react';

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

// Gives back the key of the row the keyboard stands on.
export function useListKeys<Row extends { staff_no: string }>(rows: Row[], open: (row: Row) => void): string | undefined {
  const [at, setAt] = useState<number>();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const row = at === undefined ? undefined : rows[at];
      if (event.key === 'j') setAt(Math.min((at ?? -1) + 1, rows.length - 1));
      else if (event.key === 'k') setAt(Math.max((at ?? rows.length) - 1, 0));
      else if (event.key === 'Enter' && row) open(row);
      else if (event.key === '/') {
        event.preventDefault();
        document.querySelector<HTMLInputElement>('.ant-input-search input')?.focus();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [at, rows, open]);
  return at === undefined ? undefined : rows[at]?.staff_no;
}
