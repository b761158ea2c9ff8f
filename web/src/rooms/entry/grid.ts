// The state of an entry grid: one row per person and day, kept on this machine until the server has it.
import { useEffect, useState } from 'react';

import { keep, readKept } from '../../shell/kept';

export interface EntryRow {
  staff_no: string;
  date: string;
  value: string;
  note: string;
  source_ref: string;
  problem?: string;
}

export interface Named {
  staff_no: string;
  name: string;
}

export const columns = ['staff_no', 'date', 'value', 'note', 'source_ref'] as const;
export type Column = (typeof columns)[number];

export const emptyRow = (date: string): EntryRow => ({ staff_no: '', date, value: '', note: '', source_ref: '' });
export const isFilled = (row: EntryRow) => row.staff_no !== '' && (row.value !== '' || row.note !== '');
export const isTouched = (row: EntryRow) => [row.staff_no, row.value, row.note, row.source_ref].some((cell) => cell !== '');

const two = (digits: string) => digits.padStart(2, '0');

// A day as people write it (2026-10-3, 2026/10/3, 20261003, 10-3, 10月3日) as the server reads it; anything else stays.
export function normalDay(text: string, today: string): string {
  const written = text.trim();
  const packed = /^(\d{4})(\d{2})(\d{2})$/.exec(written);
  const parts = packed ? packed.slice(1) : written.replace(/[年月./]/g, '-').replace(/日$/, '').split('-');
  if (!parts.every((part) => /^\d{1,4}$/.test(part))) return written;
  const [year, month, day] = parts.length === 2 ? [today.slice(0, 4), ...parts] : parts;
  if (parts.length > 3 || !year || !month || !day || year.length !== 4) return written;
  return `${year}-${two(month)}-${two(day)}`;
}

// Somebody's number, also where the name was written; a name that several people have stays, to be decided.
export function staffOf(text: string, people: Named[]): string {
  const written = text.trim();
  if (people.some((person) => person.staff_no === written)) return written;
  const named = people.filter((person) => person.name === written);
  return named.length === 1 && named[0] ? named[0].staff_no : written;
}

// A full-width digit, a thousands mark or a unit behind the number are not meant.
export function normalValue(text: string): string {
  const plain = text
    .trim()
    .replace(/[０-９．－]/g, (mark) => (mark === '．' ? '.' : mark === '－' ? '-' : String.fromCharCode(mark.charCodeAt(0) - 0xfee0)));
  return plain.replace(/(\d),(?=\d{3}\b)/g, '$1').replace(/\s*(分钟|分|%|min)$/, '');
}

export function tidied(row: EntryRow, people: Named[], today: string): EntryRow {
  return { ...row, staff_no: staffOf(row.staff_no, people), date: normalDay(row.date, today), value: normalValue(row.value) };
}

// A block as spreadsheets copy it: rows by line, cells by tab, a cell with a line break or a tab in quotes.
export function cellsOf(block: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const text = block.replace(/\r\n?/g, '\n');
  for (let at = 0; at < text.length; ++at) {
    const mark = text.charAt(at);
    if (quoted) {
      if (mark !== '"') cell += mark;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        ++at;
      } else quoted = false;
    } else if (mark === '"' && cell === '') quoted = true;
    else if (mark === '\t') {
      row.push(cell);
      cell = '';
    } else if (mark === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else cell += mark;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows;
}

// The grid with a block written over it from the given cell on.
export function pasted(rows: EntryRow[], block: string, fromRow: number, fromColumn: Column, today: string): EntryRow[] {
  const next = [...rows];
  const first = columns.indexOf(fromColumn);
  cellsOf(block).forEach((cells, down) => {
    const row = { ...(next[fromRow + down] ?? emptyRow(today)) };
    delete row.problem;
    cells.forEach((cell, right) => {
      const column = columns[first + right];
      if (column) row[column] = cell.trim().replace(/\s*\n\s*/g, ' ');
    });
    next[fromRow + down] = row;
  });
  return next;
}

// The rows of one grid, with an empty one always at the end.
export function useGrid(kind: string, today: string) {
  const kept = `entry.${kind}`;
  const [rows, setRows] = useState<EntryRow[]>(() => readKept<EntryRow[]>(kept, []));
  useEffect(() => {
    const typed = rows.filter(isTouched);
    keep(kept, typed.length > 0 ? typed : undefined);
  }, [kept, rows]);
  const last = rows.at(-1);
  const shown = last === undefined || isTouched(last) ? [...rows, emptyRow(last?.date ?? today)] : rows;
  const change = (at: number, column: Column, text: string) => {
    const next = [...shown];
    const row = { ...(next[at] ?? emptyRow(today)), [column]: text };
    delete row.problem;
    next[at] = row;
    setRows(next);
  };
  return { rows: shown, setRows, change };
}
