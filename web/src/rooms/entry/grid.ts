// The state of an entry grid: one row per person and day, kept on this machine until the server has it.
import { useEffect, useState } from 'react';

export interface EntryRow {
  staff_no: string;
  date: string;
  value: string;
  note: string;
  source_ref: string;
  problem?: string;
}

export const columns = ['staff_no', 'date', 'value', 'note', 'source_ref'] as const;
export type Column = (typeof columns)[number];

const emptyRow = (date: string): EntryRow => ({ staff_no: '', date, value: '', note: '', source_ref: '' });
export const isFilled = (row: EntryRow) => row.staff_no !== '' && (row.value !== '' || row.note !== '');

// A block as spreadsheets copy it: rows by line, cells by tab. Written over the grid from the given cell on.
export function pasted(rows: EntryRow[], block: string, fromRow: number, fromColumn: Column, today: string): EntryRow[] {
  const next = [...rows];
  const first = columns.indexOf(fromColumn);
  block
    .replace(/\r/g, '')
    .replace(/\n$/, '')
    .split('\n')
    .forEach((line, down) => {
      const row = { ...(next[fromRow + down] ?? emptyRow(today)) };
      delete row.problem;
      line.split('\t').forEach((cell, right) => {
        const column = columns[first + right];
        if (column) row[column] = cell.trim();
      });
      next[fromRow + down] = row;
    });
  return next;
}

// The rows of one grid, with an empty one always at the end.
export function useGrid(kind: string, today: string) {
  const kept = `zhiheng.entry.${kind}`;
  const read = (): EntryRow[] => {
    try {
      return JSON.parse(localStorage.getItem(kept) ?? '[]') as EntryRow[];
    } catch {
      return [];
    }
  };
  const [rows, setRows] = useState<EntryRow[]>(read);
  useEffect(() => {
    localStorage.setItem(kept, JSON.stringify(rows.filter(isFilled)));
  }, [kept, rows]);
  const shown = rows.length === 0 || isFilled(rows[rows.length - 1] ?? emptyRow(today)) ? [...rows, emptyRow(today)] : rows;
  const change = (at: number, column: Column, text: string) => {
    const next = [...shown];
    const row = { ...(next[at] ?? emptyRow(today)), [column]: text };
    delete row.problem;
    next[at] = row;
    setRows(next);
  };
  return { rows: shown, setRows, change };
}
