// Entry grids for shift leaders: typed, pasted, saved row by row; a refused row stays with its reason.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Empty, Input, Space, Tabs, Tooltip, Typography, type InputRef } from 'antd';
import dayjs from 'dayjs';
import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router-dom';

import { call, get } from '../../api/client';
import { type Column, columns, type EntryRow, isFilled, pasted, useGrid } from './grid';

const grids = ['leader_evaluation', 'busy_check', 'on_site', 'praise', 'complaint', 'exam'] as const;
type Grid = (typeof grids)[number];

interface Answer {
  rows: ({ ok: true } | { ok: false; problem: string })[];
}

interface Named {
  staff_no: string;
  name: string;
}

function usePeople() {
  const people = useQuery({
    queryKey: ['entry-people'],
    queryFn: ({ signal }) => get<{ items: Named[] }>('/people?limit=500', signal),
    staleTime: 300_000,
  });
  return new Map((people.data?.items ?? []).map((person) => [person.staff_no, person.name]));
}

const widths: Record<Column, number> = { staff_no: 110, date: 130, value: 100, note: 260, source_ref: 150 };
const titles = { staff_no: 'staffNo', date: 'date', value: 'value', note: 'note', source_ref: 'evidence' } as const;

interface RowProps {
  at: number;
  row: EntryRow;
  name: string | undefined;
  onChange: (column: Column, text: string) => void;
  onPaste: (column: Column, block: string) => void;
  onMove: (event: KeyboardEvent, column: Column) => void;
  keep: (at: number, column: Column, input: InputRef | null) => void;
}

function GridRow({ at, row, name, onChange, onPaste, onMove, keep }: RowProps) {
  const { t } = useTranslation('entry');
  return (
    <tr>
      <td className="quiet figure">{at + 1}</td>
      {columns.map((column) => (
        <td key={column}>
          <Tooltip title={row.problem} {...(row.problem && column === 'value' ? {} : { open: false })}>
            <Input
              ref={(input) => keep(at, column, input)}
              value={row[column]}
              aria-label={`${t(titles[column])} ${at + 1}`}
              status={row.problem ? 'error' : ''}
              style={{ width: widths[column] }}
              onChange={(event) => onChange(column, event.target.value)}
              onKeyDown={(event) => onMove(event, column)}
              onPaste={(event) => {
                const block = event.clipboardData.getData('text');
                if (!/[\t\n]/.test(block)) return;
                event.preventDefault();
                onPaste(column, block);
              }}
            />
          </Tooltip>
          {column === 'staff_no' && name && <div className="quiet">{name}</div>}
        </td>
      ))}
      <td>{row.problem && <Typography.Text type="danger">{row.problem}</Typography.Text>}</td>
    </tr>
  );
}

// Arrow keys and Enter move between the cells.
function useCells() {
  const cells = useRef(new Map<string, InputRef>());
  const keep = (at: number, column: Column, input: InputRef | null) => {
    if (input) cells.current.set(`${at}/${column}`, input);
    else cells.current.delete(`${at}/${column}`);
  };
  const move = (event: KeyboardEvent, at: number, column: Column) => {
    const down = event.key === 'ArrowDown' || event.key === 'Enter' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (down === 0) return;
    event.preventDefault();
    cells.current.get(`${at + down}/${column}`)?.focus();
  };
  return { keep, move };
}

function EntryGrid({ kind }: { kind: Grid }) {
  const { t } = useTranslation('entry');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const today = dayjs().format('YYYY-MM-DD');
  const { rows, setRows, change } = useGrid(kind, today);
  const names = usePeople();
  const { keep, move } = useCells();
  const filled = rows.filter(isFilled);
  const save = useMutation({
    mutationFn: () =>
      call<Answer>('POST', '/facts', {
        rows: filled.map(({ staff_no, date, value, note, source_ref }) => ({
          staff_no,
          occurred_at: date,
          kind,
          value,
          note,
          source_ref,
        })),
      }),
    onSuccess: (answer) => {
      const refused = filled.flatMap((row, at) => {
        const result = answer.rows[at];
        return result?.ok === false ? [{ ...row, problem: result.problem }] : [];
      });
      setRows(refused);
      if (refused.length > 0) void message.warning(t('some', { count: refused.length }));
      else void message.success(t('saved', { count: filled.length }));
      void queries.invalidateQueries({ queryKey: ['month'] });
    },
    onError: (problem) => message.error(problem.message),
  });
  return (
    <>
      <Typography.Paragraph className="quiet">{t('hint')}</Typography.Paragraph>
      <div style={{ overflowX: 'auto' }}>
        <table style={{ borderSpacing: '4px 3px' }}>
          <thead>
            <tr>
              <th aria-label="#" />
              {columns.map((column) => (
                <th key={column} scope="col" style={{ textAlign: 'left' }}>
                  {t(titles[column])}
                </th>
              ))}
              <th aria-label={t('note')} />
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
                onPaste={(column, block) => setRows(pasted(rows, block, at, column, today))}
                onMove={(event, column) => move(event, at, column)}
                keep={keep}
              />
            ))}
          </tbody>
        </table>
      </div>
      <Space style={{ marginTop: 12 }}>
        <Button type="primary" disabled={filled.length === 0} loading={save.isPending} onClick={() => save.mutate()}>
          {t('save', { count: filled.length })}
        </Button>
        <Button disabled={filled.length === 0} onClick={() => setRows([])}>
          {t('clear')}
        </Button>
      </Space>
    </>
  );
}

export default function EntryPage() {
  const { t } = useTranslation('entry');
  const navigate = useNavigate();
  const { grid = grids[0] } = useParams();
  const current = grids.find((kind) => kind === grid);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('entry')}</h1>
      </div>
      <Tabs
        activeKey={grid}
        onChange={(kind) => navigate(`/entry/${kind}`)}
        items={grids.map((kind) => ({ key: kind, label: t(kind) }))}
      />
      {current ? <EntryGrid key={current} kind={current} /> : <Empty />}
    </div>
  );
}
