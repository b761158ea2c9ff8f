// One grid: typed or pasted, by keyboard alone if wished.
import { Button } from 'antd';
import dayjs from 'dayjs';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { FactKind } from '../../api/schema';
import { ClauseLink } from '../../shell/ClauseLink';
import { useUnit } from '../../shell/label';
import { Mark } from '../../shell/Mark';
import { Panel } from '../../shell/Panel';
import { type Column, columns, isTouched, pasted, tidied, useGrid } from './grid';
import { GridRow, lists, titles } from './GridRow';
import { Lately } from './Lately';
import { rangesOf } from './range';
import { useNamed } from './useNamed';
import { useSave } from './useSave';

// What may be entered: the unit, the range of the regulation, and the clause it comes from.
function Limits({ kind }: { kind: FactKind }) {
  const { t } = useTranslation('entry');
  const unit = useUnit()(kind.unit);
  return (
    <p className="row quiet" style={{ margin: '6px 0' }}>
      {kind.clause && <ClauseLink clause={kind.clause} />}
      {rangesOf(kind.range).map(({ position, limits, note }) => (
        <Mark key={position + note}>
          {position && `${t(`people:${position}`)} `}
          {limits} {unit} {note && t('withNote', { note })}
        </Mark>
      ))}
      <span>{t('hint')}</span>
    </p>
  );
}

function Head() {
  const { t } = useTranslation('entry');
  return (
    <thead>
      <tr>
        <th scope="col">
          <span className="for-ears">{t('row')}</span>
        </th>
        {columns.map((column) => (
          <th key={column} scope="col" className={column === 'value' ? 'figure' : undefined}>
            {t(titles[column])}
          </th>
        ))}
        <th scope="col">
          <span className="for-ears">{t('problem')}</span>
        </th>
      </tr>
    </thead>
  );
}

function Suggestions({ id, values }: { id: string | undefined; values: [string, string][] }) {
  return (
    <datalist id={id}>
      {values.map(([value, words]) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </datalist>
  );
}

// The rows with what was typed put into the server's form; a name becomes a number as soon as it is known whose it is.
function useTidyGrid(kind: string) {
  const today = dayjs().format('YYYY-MM-DD');
  const grid = useGrid(kind, today);
  const [at, setAt] = useState<number>(); // the row one is typing in, which is left alone
  const people = useNamed(grid.rows.flatMap((row, nth) => (nth === at ? [] : [row.staff_no.trim()])));
  const rows = grid.rows.map((row, nth) => (nth === at || !isTouched(row) ? row : tidied(row, people, today)));
  return {
    rows,
    people,
    at,
    setAt,
    setRows: grid.setRows,
    change: grid.change,
    paste: (column: Column, block: string, nth: number) => {
      grid.setRows(pasted(rows, block, nth, column, today));
      setAt(undefined);
    },
  };
}

export function EntryGrid({ kind }: { kind: FactKind }) {
  const { t } = useTranslation('entry');
  const { rows, people, at, setAt, setRows, change, paste } = useTidyGrid(kind.kind);
  const { count, isSaving, save } = useSave(kind.kind, rows, setRows);
  const names = useMemo(() => new Map(people.map((person) => [person.staff_no, person.name])), [people]);
  const [last, setLast] = useState(0); // the row one stood on last
  const staff = rows[at ?? last]?.staff_no ?? '';
  const name = names.get(staff);
  return (
    <div className="stack">
      <Panel>
        <Limits kind={kind} />
        <div style={{ overflowX: 'auto' }}>
          <Suggestions id={lists.staff_no} values={people.map((person) => [person.staff_no, person.name])} />
          <Suggestions id={lists.note} values={kind.notes.map((note) => [note, ''])} />
          <table className="entry-grid">
            <Head />
            <tbody>
              {rows.map((row, nth) => (
                <GridRow
                  key={nth}
                  at={nth}
                  row={row}
                  name={names.get(row.staff_no)}
                  onChange={(column, text) => {
                    setAt(nth);
                    change(nth, column, text);
                  }}
                  onEnter={() => {
                    setAt(nth);
                    setLast(nth);
                  }}
                  onLeave={() => setAt(undefined)}
                  onPaste={(column, block) => paste(column, block, nth)}
                />
              ))}
            </tbody>
          </table>
        </div>
        <div className="row" style={{ marginTop: 12 }}>
          <Button type="primary" disabled={count === 0} loading={isSaving} onClick={save}>
            {t('save', { count })}
          </Button>
          <Button disabled={!rows.some(isTouched)} onClick={() => setRows([])}>
            {t('clear')}
          </Button>
        </div>
      </Panel>
      {name !== undefined && <Lately kind={kind.kind} staff={staff} name={name} />}
    </div>
  );
}
