// One grid: typed or pasted, by keyboard alone if wished; a refused row stays with its reason.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import dayjs from 'dayjs';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { call, get, Problem } from '../../api/client';
import { ClauseLink } from '../../shell/ClauseLink';
import { useUnit } from '../../shell/label';
import { Panel } from '../../shell/Panel';
import { type Column, columns, type EntryRow, isFilled, isTouched, type Named, pasted, tidied, useGrid } from './grid';
import type { FactKind } from './kind';
import { Lately } from './Lately';

interface Answer {
  batch: number | null;
  late: number;
  rows: { ok: boolean; problem?: string | null }[];
}

function usePeople(): Named[] {
  const people = useQuery({
    queryKey: ['entry-people'],
    queryFn: ({ signal }) => get<{ items: Named[] }>('/people?limit=200', signal),
    staleTime: 300_000,
  });
  return useMemo(() => people.data?.items ?? [], [people.data]);
}

const widths: Record<Column, number> = { staff_no: 130, date: 124, value: 96, note: 320, source_ref: 170 };
const titles = { staff_no: 'staffNo', date: 'date', value: 'value', note: 'note', source_ref: 'evidence' } as const;

interface RowProps {
  at: number;
  row: EntryRow;
  name: string | undefined;
  onChange: (column: Column, text: string) => void;
  onLeave: () => void;
  onPaste: (column: Column, block: string) => void;
  onMove: (event: KeyboardEvent, column: Column) => void;
  onEnter: () => void;
}

function GridRow({ at, row, name, onChange, onLeave, onPaste, onMove, onEnter }: RowProps) {
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
            list={column === 'staff_no' ? 'entry-people' : column === 'note' ? 'entry-notes' : undefined}
            onChange={(event) => onChange(column, event.target.value)}
            onFocus={onEnter}
            onBlur={onLeave}
            onKeyDown={(event) => onMove(event, column)}
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

// Up, down and Enter move between the rows.
function move(event: KeyboardEvent, at: number, column: Column) {
  const down = event.key === 'ArrowDown' || event.key === 'Enter' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (down === 0) return;
  event.preventDefault();
  const first = event.key === 'Enter' ? 'staff_no' : column;
  document.querySelector<HTMLInputElement>(`[data-cell="${at + down}/${first}"]`)?.focus();
}

// What may be entered: the unit, the range of the regulation, and the clause it comes from.
function Limits({ kind }: { kind: FactKind }) {
  const { t } = useTranslation('entry');
  const unit = useUnit()(kind.unit);
  return (
    <p className="row quiet" style={{ margin: '6px 0' }}>
      {kind.clause && <ClauseLink clause={kind.clause} />}
      <span>
        {kind.range} {unit}
      </span>
      <span>{t('hint')}</span>
    </p>
  );
}

export function EntryGrid({ kind: of }: { kind: FactKind }) {
  const kind = of.kind;
  const { t } = useTranslation('entry');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [at, setAt] = useState(0);
  const today = dayjs().format('YYYY-MM-DD');
  const { rows, setRows, change } = useGrid(kind, today);
  const people = usePeople();
  const names = useMemo(() => new Map(people.map((person) => [person.staff_no, person.name])), [people]);
  const filled = rows.map((row, at) => ({ row: tidied(row, people, today), at })).filter(({ row }) => isFilled(row));
  const mark = (problems: Map<number, string>) =>
    setRows(rows.map((row, at) => (problems.has(at) ? { ...row, problem: problems.get(at) ?? '' } : row)));
  const save = useMutation({
    mutationFn: () =>
      call<Answer>('POST', '/facts', {
        rows: filled.map(({ row: { staff_no, date, value, note, source_ref } }) => ({ staff_no, occurred_at: date, kind, value, note, source_ref })),
      }),
    onSuccess: (answer) => {
      const refused = filled.flatMap(({ row }, nth) => {
        const result = answer.rows[nth];
        return result && !result.ok ? [{ ...row, problem: result.problem ?? t('refused') }] : [];
      });
      setRows([...refused, ...rows.filter((row) => isTouched(row) && !isFilled(row))]);
      if (refused.length > 0) void message.warning(t('some', { count: refused.length }));
      if (refused.length < filled.length) void message.success(t('saved', { count: filled.length - refused.length }));
      if (answer.late > 0) void message.info(t('late', { count: answer.late }));
      void queries.invalidateQueries({ predicate: ({ queryKey }) => ['month', 'sheet', 'why', 'facts'].includes(String(queryKey[0])) });
    },
    onError: (problem) => {
      if (problem instanceof Problem) mark(problemsByRow(problem, filled));
      void message.error(problem.message || t('notSaved'));
    },
  });
  const tidy = (at: number) => {
    const row = rows[at];
    if (!row || !isTouched(row)) return;
    const next = tidied(row, people, today);
    if (columns.some((column) => next[column] !== row[column])) setRows(rows.map((other, nth) => (nth === at ? next : other)));
  };
  const staff = rows[at]?.staff_no ?? '';
  return (
    <div className="stack">
    <Panel>
      <Limits kind={of} />
      <div style={{ overflowX: 'auto' }}>
        <datalist id="entry-people">
          {people.map((person) => (
            <option key={person.staff_no} value={person.staff_no}>
              {person.name}
            </option>
          ))}
        </datalist>
        <datalist id="entry-notes">
          {of.notes.map((note) => (
            <option key={note} value={note} />
          ))}
        </datalist>
        <table className="entry-grid">
          <thead>
            <tr>
              <th scope="col">
                <span className="for-ears">{t('row')}</span>
              </th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(titles[column])}
                </th>
              ))}
              <th scope="col">
                <span className="for-ears">{t('problem')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <GridRow
                key={at}
                at={at}
                row={row}
                name={names.get(row.staff_no)}
                onChange={(column, text) => change(at, column, text)}
                onLeave={() => tidy(at)}
                onPaste={(column, block) => setRows(pasted(rows, block, at, column, today).map((one) => tidied(one, people, today)))}
                onMove={(event, column) => move(event, at, column)}
                onEnter={() => setAt(at)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className="row" style={{ marginTop: 12 }}>
        <Button type="primary" disabled={filled.length === 0} loading={save.isPending} onClick={() => save.mutate()}>
          {t('save', { count: filled.length })}
        </Button>
        <Button disabled={!rows.some(isTouched)} onClick={() => setRows([])}>
          {t('clear')}
        </Button>
      </div>
    </Panel>
    {names.has(staff) && <Lately kind={kind} staff={staff} name={names.get(staff) ?? staff} />}
    </div>
  );
}

// A request refused as a whole says by JSON pointers which rows were wrong: /rows/3/value.
function problemsByRow(problem: Problem, sent: { at: number }[]): Map<number, string> {
  const found = new Map<number, string>();
  for (const { pointer, detail } of problem.errors) {
    const nth = /^\/rows\/(\d+)/.exec(pointer)?.[1];
    const row = nth === undefined ? undefined : sent[Number(nth)];
    if (row) found.set(row.at, detail);
  }
  return found;
}
