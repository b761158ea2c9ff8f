// One row of an entry grid, as a line of a spreadsheet.
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { type Column, columns, type EntryRow } from './grid';

const widths: Record<Column, number> = { staff_no: 130, date: 124, value: 96, note: 340, source_ref: 170 };
export const titles = { staff_no: 'staffNo', date: 'date', value: 'value', note: 'note', source_ref: 'evidence' } as const;

// What the browser offers while one types: people, and the words that mean something at a note's beginning.
export const lists: Partial<Record<Column, string>> = { staff_no: 'entry-people', note: 'entry-notes' };

interface Props {
  at: number;
  row: EntryRow;
  name: string | undefined;
  onChange: (column: Column, text: string) => void;
  onEnter: () => void;
  onLeave: () => void;
  onPaste: (column: Column, block: string) => void;
}

// Up, down and Enter move between the rows.
function move(event: KeyboardEvent, at: number, column: Column) {
  const down = event.key === 'ArrowDown' || event.key === 'Enter' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (down === 0) return;
  event.preventDefault();
  const first = event.key === 'Enter' ? 'staff_no' : column;
  document.querySelector<HTMLInputElement>(`[data-cell="${at + down}/${first}"]`)?.focus();
}

export function GridRow({ at, row, name, onChange, onEnter, onLeave, onPaste }: Props) {
  const { t } = useTranslation('entry');
  return (
    <tr className={row.problem ? 'refused' : ''}>
      <td className="row-number">{at + 1}</td>
      {columns.map((column) => (
        <td key={column} style={{ width: widths[column] }}>
          <input
            data-cell={`${at}/${column}`}
            value={row[column]}
            aria-label={`${t(titles[column])} ${at + 1}`}
            aria-invalid={row.problem !== undefined}
            aria-describedby={row.problem ? `problem-${at}` : undefined}
            inputMode={column === 'value' ? 'decimal' : 'text'}
            style={column === 'value' ? { textAlign: 'right' } : {}}
            list={lists[column]}
            onChange={(event) => onChange(column, event.target.value)}
            onFocus={onEnter}
            onBlur={onLeave}
            onKeyDown={(event) => move(event, at, column)}
            onPaste={(event) => {
              const block = event.clipboardData.getData('text');
              if (!/[\t\n]/.test(block.trim())) return;
              event.preventDefault();
              onPaste(column, block);
            }}
          />
          {column === 'staff_no' && name && <div className="entry-name">{name}</div>}
        </td>
      ))}
      <td className="row-problem" id={`problem-${at}`}>
        {row.problem}
      </td>
    </tr>
  );
}
